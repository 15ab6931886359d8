import { describe, expect, it } from '@jest/globals';
import { magicTables } from '../../app/docs/magic-tables.js';
import type { BlockResponse } from '../../contracts/block.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { createFinancialInstitutionBlock } from '../../mocks/financial-institution/block.js';
import { magicOf, type MagicTable, type MagicValue } from '../../mocks/kit/magic.js';
import { createMessagingBlock } from '../../mocks/messaging/block.js';
import { paymentOutcomes } from '../../mocks/payments/outcomes.js';
import { openConsentBench } from './consent/consent-bench.js';
import { people, seedsOf, startRegistries } from './digital-registries/registries-setup.js';
import { AMINA, openIdentityBench } from './identity/identity-bench.js';
import { testDeps, WORKSPACE } from './kit/test-deps.js';
import { createPaymentWorld } from './payments/payment-world.js';
import { startRegistration, submission, SERVICE } from './registration/registration-setup.js';
import { openSchedulerBench } from './scheduler/scheduler-bench.js';

/** A value that fits the row, as somebody would write it. */
const example = ({ match }: MagicValue, filling = '00000'): string =>
  match.is ?? `${match.begins ?? ''}${filling}${match.ends ?? ''}`;
const ruleOf = (answer: BlockResponse): string | undefined => answer.headers['x-sandbox-rule'];
const rule = ({ outcome }: MagicValue): string => `magic:${outcome}`;

/** Walks one row through the real block, and checks what the table promises. */
type Walk = (row: MagicValue) => Promise<void>;

async function bankWith(payer: string) {
  const kit = testDeps();
  const bank = createFinancialInstitutionBlock(kit.deps);
  const account = { account: payer, institution: 'BANK-A', holder: 'T', balance: 1_000_000, currency: 'EUR' };
  await bank.reset(WORKSPACE, { accounts: [account] });
  const post = (path: string, body: Json, query = {}, headers = {}) =>
    bank.handle(WORKSPACE, { method: 'POST', path: `/institutions/BANK-A${path}`, query, headers, body });
  const credit = (account: string, amount: number, batchId = 'B1') =>
    post('/credits', {
      batchId,
      instructions: [{ instructionId: `I-${batchId}`, account, amount, currency: 'EUR' }],
    });
  const statusOf = (answer: BlockResponse) =>
    (answer.body as unknown as { results: { status: string }[] }).results[0]?.status;
  return { kit, post, credit, statusOf };
}

const walks: Readonly<Record<string, Walk>> = {
  'Accounts and phone numbers of payees': async (row) => {
    const { kit, credit, statusOf } = await bankWith('GOV');
    const account = example(row);
    const first = await credit(account, 10);
    expect(ruleOf(first)).toBe(rule(row));
    kit.realClock.forward(9_000);
    const later = await credit(account, 10);
    kit.realClock.forward(2_000);
    const last = await credit(account, 10);
    const second = await credit(account, 10, 'B2');
    const { inBatch } = paymentOutcomes.find(({ outcome }) => outcome === row.outcome)!;
    const courses: Readonly<Record<string, readonly (string | undefined)[]>> = {
      COMPLETED: ['PENDING', row.outcome === 'slow' ? 'PENDING' : 'COMPLETED', 'COMPLETED', 'PENDING'],
      FAILED: row.outcome.startsWith('pending')
        ? ['PENDING', 'FAILED', 'FAILED', 'PENDING']
        : ['FAILED', 'FAILED', 'FAILED', 'FAILED'],
      IN_PROGRESS: ['PENDING', 'PENDING', 'PENDING', 'PENDING'],
      'FAILED, then COMPLETED in a later batch': ['FAILED', 'FAILED', 'FAILED', 'COMPLETED'],
    };
    expect([first, later, last, second].map(statusOf)).toEqual(courses[inBatch]);
  },
  'Accounts of payers': async (row) => {
    const payer = example(row, 'GOV-');
    const { post } = await bankWith(payer);
    const body = { batchID: 'B1', payerIdentifier: payer, currency: 'EUR', amount: 5 };
    const answer = await post(
      '/batches/B1',
      body,
      { command: 'authorize' },
      { 'x-client-correlation-id': 'C1' },
    );
    expect(answer.body).toMatchObject({ status: 'N' });
    expect(ruleOf(answer)).toBe(rule(row));
  },
  Amounts: async (row) => {
    const { credit, statusOf } = await bankWith('GOV');
    const answer = await credit('ACC-1234', Number(row.match.is));
    expect(statusOf(answer)).toBe(row.outcome === 'limit-exceeded' ? 'FAILED' : 'PENDING');
    expect(ruleOf(answer)).toBe(rule(row));
    expect(statusOf(await credit('ACC-1234', Number(row.match.is) - 1, 'B2'))).toBe('COMPLETED');
  },
  'Accounts that the account mapper refuses': async (row) => {
    const world = await createPaymentWorld();
    const answer = await world.register(['P1', '01', example(row)], ['P2', '01', 'ACC-1234']);
    expect(ruleOf(answer)).toBe(rule(row));
    expect(world.kit.callbacks[0]?.callback.body).toMatchObject({
      numberFailedCases: 1,
      failedCases: [{ payeeIdentity: 'P1' }],
    });
    const update = (payeeIdentity: string, financialAddress: string) =>
      world.request('PUT', '/identityAccountMapper/beneficiary', {
        body: { requestID: 'U1', sourceBBID: 'USCT', beneficiaries: [{ payeeIdentity, financialAddress }] },
      });
    const refused = await update('P2', example(row));
    expect(ruleOf(refused)).toBe(rule(row));
    expect(refused.body).toMatchObject({ responseCode: '01' });
    expect(ruleOf(await update('P2', 'ACC-5678'))).toBe('updated');
  },
  Recipients: async (row) => {
    for (const [channel, to] of [
      ['sms', `+9990000${row.match.ends ?? ''}`],
      ['email', `amina.${row.match.ends ?? ''}@example.org`],
    ] as const) {
      const kit = testDeps();
      const block = createMessagingBlock(kit.deps);
      await block.reset(WORKSPACE, {});
      const body =
        channel === 'sms'
          ? { recipientInfo: { phone: to }, smsContent: { content: 'x' } }
          : { recipientInfo: { email: to }, emailContent: { title: 'x', content: 'x' } };
      const path = `/send/${channel}/single`;
      const sent = await block.handle(WORKSPACE, {
        method: 'POST',
        path,
        query: {},
        headers: { apikey: 'k' },
        body,
      });
      expect(ruleOf(sent)).toBe(rule(row));
      await block.runJob(WORKSPACE, kit.takeJob('deliver').job);
      const { requestUid } = sent.body as { requestUid: string };
      const read = {
        method: 'GET',
        path: `/status/${channel}`,
        query: {},
        headers: { requestuid: requestUid },
      } as const;
      expect((await block.handle(WORKSPACE, read)).body).toMatchObject({ [row.outcome]: 1 });
    }
  },
  'Identifiers in registries': async (row) => {
    const individualId = example(row);
    const record = { ...people[0], individualId, nationalNumber: 'N9' };
    const { send } = await startRegistries(seedsOf([...people, record]));
    const seek = (what: string) =>
      send('POST', `/data/population/1.0/${what}`, { body: { query: { content: { individualId } } } });
    const listed = () =>
      send('GET', '/data/population/1.0', { query: { 'query.individualId': individualId } });
    const read = await seek('read');
    expect(ruleOf(read)).toBe(rule(row));
    switch (row.outcome) {
      case 'deceased': {
        expect(read).toMatchObject({ status: 200, body: { content: { alive: false, individualId } } });
        expect((await listed()).body).toMatchObject({ count: 1, results: [{ alive: false }] });
        return;
      }
      case 'locked':
        expect([read.status, (await seek('exists')).status]).toEqual([422, 422]);
        return;
      default:
        expect(read.status).toBe(422);
        expect((await listed()).body).toMatchObject({
          count: 2,
          results: [{ individualId }, { individualId }],
        });
    }
  },
  'People who consent': async (row) => {
    const bench = await openConsentBench();
    const subject = example(row);
    const individual = await bench.individual('person-amina', subject);
    bench.attest('jws');
    const signed = await bench.sign(individual, { signature: 'jws' });
    expect(ruleOf(signed)).toBe(rule(row));
    expect(signed.body).toMatchObject({ consentRecord: { optIn: true, state: 'signed' } });
    expect(await bench.live(subject)).toBeUndefined();
  },
  'One-time passwords': async (row) => {
    const bench = await openIdentityBench();
    const { linkedTransactionId } = await bench.begin('t-1');
    const challengeList = [{ authFactorType: 'OTP', challenge: row.match.is, format: 'number' }];
    const request = { linkedTransactionId, individualId: AMINA, challengeList };
    const body = { requestTime: '2025-03-01T08:00:00.000Z', request } as unknown as JsonObject;
    const answer = await bench.send('POST', '/linked-authorization/authenticate', body, {
      'x-xsrf-token': 'any',
    });
    const right = await bench.authenticate(linkedTransactionId);
    if (row.outcome === 'authenticated') {
      expect(answer.body).toMatchObject({ errors: [], response: { linkedTransactionId } });
      expect(ruleOf(answer)).toBe(rule(row));
      return;
    }
    expect(answer.body).toMatchObject({ errors: [{ errorCode: 'auth_failed' }] });
    expect(ruleOf(answer)).toBe(rule(row));
    expect(right.errors.length).toBe(row.outcome === 'kyc-rejected' ? 1 : 0);
  },
  Biometrics: async (row) => {
    const bench = await openIdentityBench();
    const sample = row.match.is ?? '';
    const enrolled = await bench.enroll(AMINA, sample);
    const { linkedTransactionId } = await bench.begin('t-1');
    const answer = await bench.showBody(linkedTransactionId, sample);
    expect(ruleOf(answer)).toBe(rule(row));
    expect(ruleOf(enrolled)).toBe(row.outcome === 'biometric-poor-quality' ? rule(row) : 'received');
    const error = row.outcome === 'biometric-match' ? [] : [{ errorCode: 'auth_failed' }];
    expect(answer.body).toMatchObject({ errors: error });
  },
  'Documents of an application': async (row) => {
    const { send } = await startRegistration();
    const body = submission('P1', {
      documentUrls: ['/documents/fine.pdf', `/documents/${row.match.ends ?? ''}`],
    });
    const answer = await send('POST', `/services/${SERVICE}/applications`, { body });
    expect(ruleOf(answer)).toBe(rule(row));
    const code = row.outcome === 'document-rejected' ? 'SENDBACK' : 'REJECTED';
    expect(answer.body).toMatchObject({ status: { code }, ended: code === 'REJECTED' });
  },
  Events: async (row) => {
    const bench = await openSchedulerBench();
    const book = async (name: string) => {
      const [eventId] = await bench.make('event', { details: { name, subscriber_limit: 5 } });
      const [subscriber] = await bench.make('subscriber', { subscriber_details: { name: 'Amina' } });
      const qry = {
        appointment_details: {
          event_ids: [eventId!],
          participant_type: 'subscriber',
          participant_id: subscriber!,
        },
      };
      return bench.call('POST', '/appointment/new', { qry });
    };
    expect((await book('Visit')).status).toBe(200);
    const answer = await book(`Visit${row.match.ends ?? ''}`);
    expect(answer.status).toBe(400);
    expect(ruleOf(answer)).toBe(rule(row));
  },
};

describe.each(magicTables.map((table): [string, MagicTable] => [table.title, table]))(
  'magic values: %s',
  (title, table) => {
    it.each(table.values.map((row): [string, MagicValue] => [row.outcome, row]))(
      '%s does what the table promises',
      async (_outcome, row) => {
        const walk = walks[title];
        if (walk === undefined) throw new Error(`nobody walks ${title}`);
        await walk(row);
      },
    );

    it('has rows that do not hide each other', () => {
      for (const row of table.values) expect(magicOf(table, example(row))).toBe(row);
    });
  },
);
