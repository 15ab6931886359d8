import { expect, it } from '@jest/globals';
import {
  blockIds,
  type Block,
  type BlockId,
  type BlockResponse,
  type Method,
} from '../../contracts/block.js';
import type { StateDocument } from '../../contracts/block-state.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { createInformationMediatorBlock } from '../../mocks/information-mediator/block.js';
import { createDirectory } from '../../mocks/information-mediator/directory.js';
import { createMessagingBlock } from '../../mocks/messaging/block.js';
import { createWorkflowBlock } from '../../mocks/workflow/block.js';
import { NATIONAL_ID, openConsentBench } from './consent/consent-bench.js';
import { people, seedsOf, startRegistries } from './digital-registries/registries-setup.js';
import { AMINA, openIdentityBench } from './identity/identity-bench.js';
import { POPULATION, registryDocument, USCT, population } from './information-mediator/mediator-fixture.js';
import { testDeps, WORKSPACE } from './kit/test-deps.js';
import { createPaymentWorld, instruction } from './payments/payment-world.js';
import { startRegistration } from './registration/registration-setup.js';
import { openSchedulerBench } from './scheduler/scheduler-bench.js';

/** Edits the only document of a collection, or the one with this id, as the state browser does. */
async function edit(
  block: Block,
  collection: string,
  change: (document: StateDocument) => JsonObject,
  id?: string,
): Promise<void> {
  const { documents } = await block.state.list(WORKSPACE, collection, { limit: 500 });
  const found = documents.find(({ _id }) => id === undefined || _id === id);
  if (found === undefined) throw new Error(`${collection} is empty`);
  await block.state.put(WORKSPACE, collection, { ...found, ...change(found) });
}

const ask = (
  block: Block,
  method: Method,
  path: string,
  body?: Json,
  headers: Readonly<Record<string, string>> = {},
): Promise<BlockResponse> =>
  block.handle(WORKSPACE, { method, path, query: {}, headers, ...(body === undefined ? {} : { body }) });

/**
 * After a document was edited by hand, operations answer by what it says now, those included that look at what follows
 * from it: an index, a counter, a lookup. Each block says here how that shows.
 */
const shows: Readonly<Record<BlockId, () => Promise<void>>> = {
  async consent() {
    const bench = await openConsentBench();
    const { block } = bench;
    bench.attest('own');
    await bench.sign(await bench.individual(), { signature: 'own' });
    const [record] = (await block.state.list(WORKSPACE, 'records', { limit: 1 })).documents;
    expect(await bench.live()).toMatchObject({ consentRecord: record?._id });
    await edit(block, 'individuals', () => ({ identityProviderId: '777' }));
    expect([await bench.live(NATIONAL_ID), await bench.live('777')]).toEqual([
      undefined,
      expect.objectContaining({ consentRecord: record?._id }),
    ]);
    await edit(block, 'records', () => ({ optIn: false }));
    expect(await bench.live('777')).toBeUndefined();
    const carried = await block.state.export(WORKSPACE);
    const records = carried['records']?.map((doc) => ({ ...doc, optIn: true }));
    await block.state.import(WORKSPACE, { ...carried, records: records ?? [] }, true);
    expect(await bench.live('777')).toMatchObject({ consentRecord: record?._id });
    await expect(
      block.state.put(WORKSPACE, 'live', { _id: 'x/y', consentRecord: 'none' }),
    ).rejects.toMatchObject({ code: 'GSB-REQ-001', detail: expect.stringContaining('records') });
  },

  async 'digital-registries'() {
    const { block, send } = await startRegistries(seedsOf(people));
    const found = async (content: JsonObject): Promise<unknown> => {
      const body = { query: { content } };
      const answer = await send('POST', '/data/population/1.0/read', { body });
      return (answer.body as { content?: JsonObject }).content?.['individualId'];
    };
    const record = 'population/1.0/IND-0002';
    const changed = ({ content }: StateDocument, change: JsonObject): JsonObject => ({
      content: { ...(content as JsonObject), ...change },
    });
    await edit(block, 'records', (doc) => changed(doc, { nationalNumber: 'N22' }), record);
    expect([await found({ nationalNumber: 'N22' }), await found({ nationalNumber: 'N2' })]).toEqual([
      'IND-0002',
      undefined,
    ]);
    await edit(block, 'records', (doc) => changed(doc, { individualId: 'IND-0009' }), record);
    expect([await found({ individualId: 'IND-0009' }), await found({ individualId: 'IND-0002' })]).toEqual([
      'IND-0009',
      undefined,
    ]);
    await edit(
      block,
      'registries',
      () => ({ lookupFields: ['lastName', 'nationalNumber'] }),
      'population/1.0',
    );
    expect([await found({ lastName: 'Diallo' }), await found({ nationalNumber: 'N1' })]).toEqual([
      'IND-0003',
      'IND-0001',
    ]);
  },

  async 'financial-institution'() {
    const world = await createPaymentWorld();
    await edit(world.bank, 'accounts', () => ({ balanceMinor: 500 }));
    expect(await world.balance('BANK-A', 'GOV-TREASURY')).toBe(5);
  },

  async identity() {
    const bench = await openIdentityBench();
    await edit(bench.block, 'persons', () => ({ deactivated: true }), AMINA);
    const { linkedTransactionId } = await bench.begin('t-1');
    expect((await bench.authenticate(linkedTransactionId)).errors).toHaveLength(1);
  },

  async 'information-mediator'() {
    const kit = testDeps();
    const block = createInformationMediatorBlock(kit.deps, {
      directory: createDirectory([{ id: 'usct', client: USCT, services: { population } }]),
      openapiOf: () => registryDocument,
      baseUrlOf: () => 'http://localhost:4000',
    });
    await block.reset(WORKSPACE, {});
    const owner = { 'x-govstack-client': POPULATION };
    const types = `/r1/${POPULATION}/api/v1/eventType`;
    await ask(block, 'POST', types, { eventType: 'person.moved', schema: { type: 'object' } }, owner);
    await edit(block, 'event-types', () => ({ schema: { type: 'object', required: ['district'] } }));
    const publish = `/r1/${POPULATION}/pub/v1/person.moved`;
    const event = await ask(block, 'POST', publish, { eventType: 'person.moved', event: {} }, owner);
    expect(event.status).toBeGreaterThanOrEqual(400);
  },

  async messaging() {
    const kit = testDeps();
    const block = createMessagingBlock(kit.deps);
    await block.reset(WORKSPACE, {});
    const sms = { recipientInfo: { phone: '+99900000001' }, smsContent: { content: 'Ready' } };
    const sent = await ask(block, 'POST', '/send/sms/single', sms, { apikey: 'k' });
    const { requestUid } = sent.body as { requestUid: string };
    await block.runJob(WORKSPACE, kit.takeJob().job);
    const status = async () =>
      (await ask(block, 'GET', '/status/sms', undefined, { apikey: 'k', requestuid: requestUid })).body;
    expect(await status()).toMatchObject({ delivered: 1, bounced: 0 });
    await edit(block, 'messages', () => ({ status: 'bounced' }));
    expect(await status()).toMatchObject({ delivered: 0, bounced: 1 });
  },

  async payments() {
    const world = await createPaymentWorld();
    const { payments } = world;
    await world.register(['P1', '01', 'BA-1'], ['P2', '01', 'BA-2']);
    await world.handOver([instruction('R1', 'P1'), instruction('R2', 'P2', 20)]);
    await world.runJobs();
    expect(await world.ledger()).toHaveLength(2);
    const [batch] = (await payments.state.list(WORKSPACE, 'batches', { limit: 1 })).documents;
    const figures = async () =>
      (await payments.state.get(WORKSPACE, 'batches', batch?._id ?? ''))?.doc['figures'];
    expect(await figures()).toMatchObject({ total: 2, completed: 2, failed: 0 });
    await edit(payments, 'instructions', () => ({ status: 'FAILED', reason: 'by hand' }));
    expect(await figures()).toMatchObject({ total: 2, completed: 1, failed: 1 });
    expect(await world.ledger()).toHaveLength(1);
    await edit(payments, 'instructions', () => ({ status: 'COMPLETED' }));
    expect(await figures()).toMatchObject({ total: 2, completed: 2, failed: 0 });
    expect(await world.ledger()).toHaveLength(2);
  },

  async registration() {
    const { block, send, submit } = await startRegistration();
    const fileId = await submit('P1');
    await edit(block, 'applications', () => ({ applicantId: 'P2' }));
    const listed = async (applicantId: string): Promise<string> =>
      JSON.stringify((await send('GET', '/applications', { query: { applicantId } })).body);
    expect(await listed('P2')).toContain(fileId);
    expect(await listed('P1')).not.toContain(fileId);
  },

  async scheduler() {
    const bench = await openSchedulerBench();
    const [event = ''] = await bench.make('event', { details: { name: 'Visit', subscriber_limit: 5 } });
    await edit(
      bench.block,
      'event',
      ({ details }) => ({ details: { ...(details as JsonObject), name: 'Talk' } }),
      event,
    );
    expect(JSON.stringify(await bench.list('event'))).toContain('Talk');
  },

  async workflow() {
    const kit = testDeps();
    const block = createWorkflowBlock(kit.deps);
    await block.reset(WORKSPACE, {});
    const made = await ask(block, 'POST', '/processes', { name: 'Review', type: 'Public', version: '1' });
    const { id } = made.body as { id: string };
    await edit(block, 'processes', () => ({ definition: { name: 'Check', type: 'Public', version: '2' } }));
    expect((await ask(block, 'GET', `/processes/${id}`)).body).toMatchObject({ name: 'Check' });
  },
};

it.each(Object.entries(shows))('%s answers by what was edited by hand', async (_block, show) => {
  await show();
});

it('no block is left out', () => {
  expect(Object.keys(shows).sort()).toEqual([...blockIds].sort());
});
