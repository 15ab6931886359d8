import { beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionLostError } from '../../../contracts/block.js';
import type { Collection, Document, DocumentStore } from '../../../contracts/documents.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createPaymentsBlock } from '../../../mocks/payments/block.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { createPaymentWorld, instruction, type PaymentWorld } from './payment-world.js';

let world: PaymentWorld;

beforeEach(async () => {
  world = await createPaymentWorld();
  await world.register(
    ['P-BANK', '00', 'BA-77'],
    ['P-BANK-B', '00', 'BB-78'],
    ['P-PHONE', '01', '+999700000123'],
    ['P-POINT', '03', 'PP-DISTRICT-9'],
  );
});

const detail = async (query: Record<string, string>): Promise<readonly JsonObject[]> => {
  const { body } = await world.request('GET', '/api/v1/batch/detail', {
    query,
    headers: { 'platform-tenantid': 'usct' },
  });
  return body as unknown as readonly JsonObject[];
};
const batchIdOf = ({ body }: { body?: unknown }): string => (body as { batchId: string }).batchId;

describe('a bulk payment', () => {
  it('is taken at once and settled afterwards, through the institutions of the payees', async () => {
    const payees = ['P-BANK', 'P-BANK-B', 'P-PHONE', 'P-POINT'];
    const taken = await world.handOver(payees.map((payee, index) => instruction(`I${index}`, payee, 10.25)));
    expect(taken.status).toBe(202);
    expect((await detail({ batchId: batchIdOf(taken) })).map(({ status }) => status)).toEqual(
      Array(4).fill('IN_PROGRESS'),
    );
    expect(await world.ledger()).toEqual([]);
    await world.runJobs();
    const rows = await detail({ 'X-CorrelationID': 'CORR-1' });
    expect(rows.map(({ status, payeeDfspId }) => [status, payeeDfspId])).toEqual([
      ['COMPLETED', 'BANK-A'],
      ['COMPLETED', 'BANK-B'],
      ['COMPLETED', 'MOBILE-OP'],
      ['COMPLETED', 'PAYPOINT'],
    ]);
    expect(await world.ledger()).toHaveLength(4);
    expect((await world.ledger())[0]).toMatchObject({
      programme: 'USCT',
      payeeIdentity: 'P-BANK',
      account: 'BA-77',
      amount: 10.25,
      currency: 'EUR',
      batchId: batchIdOf(taken),
      instructionId: 'I0',
      correlationId: 'CORR-1',
    });
    expect(await world.balance('BANK-A', 'GOV-TREASURY')).toBe(1_000_000 - 41);
    expect(await world.balance('MOBILE-OP', '+999700000123')).toBe(10.25);
    expect(world.statuses()).toEqual([
      expect.objectContaining({
        TotalTransactions: 4,
        completed: 4,
        failed: 0,
        ongoing: 0,
        completed_amount: 41,
      }),
    ]);
    const status = world.kit.callbacks.find(({ callback }) => callback.operationId === 'batchStatus');
    expect(status?.callback.url).toBe(
      `http://localhost/callback?batchId=${batchIdOf(taken)}&X-CorrelationID=CORR-1`,
    );
  });

  it('fails single payees with a reason, pays the others, and returns the rest to the payer', async () => {
    await world.register(
      ['P-CLOSED', '00', 'BA-0002'],
      ['P-VOUCHER', '02', ''],
      ['P-POOR', '01', '+9990003'],
    );
    const payees = ['P-BANK', 'P-CLOSED', 'P-VOUCHER', 'P-POOR', 'P-NOBODY'];
    const taken = await world.handOver(payees.map((payee, index) => instruction(`I${index}`, payee)));
    await world.runJobs();
    const failures = await detail({ batchId: batchIdOf(taken), status: 'FAILED' });
    expect(failures.map(({ payeePartyId, errorInformation }) => [payeePartyId, errorInformation])).toEqual([
      ['P-CLOSED', 'the account is closed'],
      ['P-VOUCHER', 'the payee is paid by voucher, not by transfer'],
      ['P-POOR', 'the institution has not enough liquidity to pay out'],
      ['P-NOBODY', 'the payee is not registered in the account mapper'],
    ]);
    expect(world.statuses()[0]).toMatchObject({ completed: 1, failed: 4, failed_amount: 40 });
    expect(await world.balance('BANK-A', 'GOV-TREASURY')).toBe(1_000_000 - 10);
  });

  it('pays at the second try whoever fails once', async () => {
    await world.register(['P-ONCE', '00', 'BA-0005']);
    await world.handOver([instruction('I1', 'P-ONCE')]);
    await world.runJobs();
    expect(await world.ledger()).toHaveLength(0);
    await world.handOver([instruction('I1-R', 'P-ONCE')], { 'x-correlationid': 'CORR-2' });
    await world.runJobs();
    expect(await world.ledger()).toHaveLength(1);
  });

  it('tells of pending outcomes first, and of their end later', async () => {
    await world.register(['P-LATE', '00', 'BA-0006'], ['P-LOST', '00', 'BA-0007']);
    await world.handOver(
      ['P-BANK', 'P-LATE', 'P-LOST'].map((payee, index) => instruction(`I${index}`, payee)),
    );
    await world.runJobs();
    expect(world.statuses()).toEqual([
      expect.objectContaining({ completed: 1, ongoing: 2, failed: 0, ongoing_amount: 20 }),
      expect.objectContaining({ completed: 2, ongoing: 0, failed: 1, ongoing_amount: 0 }),
    ]);
    expect(await world.ledger()).toHaveLength(2);
  });

  it('stops asking for an outcome that never comes', async () => {
    await world.register(['P-NEVER', '00', 'BA-0008']);
    const taken = await world.handOver([instruction('I1', 'P-NEVER')]);
    const begun = world.kit.realClock.now().getTime();
    await world.runJobs();
    expect(world.kit.jobs).toEqual([]);
    // A clock that is moved waits for it: longer than the slow one takes, and not for minutes.
    const took = world.kit.realClock.now().getTime() - begun;
    expect(took).toBeGreaterThan(10_000);
    expect(took).toBeLessThan(30_000);
    expect(world.statuses().at(-1)).toMatchObject({
      ongoing: 1,
      note: expect.stringContaining('never came'),
    });
    expect((await world.request('GET', `/sandbox/batches/${batchIdOf(taken)}`)).body).toMatchObject({
      stage: 'stalled',
    });
  });

  it('fails as a whole when the payer cannot cover it', async () => {
    await world.handOver([instruction('I1', 'P-BANK', 1_000_000), instruction('I2', 'P-PHONE', 0.01)]);
    await world.runJobs();
    expect(world.statuses()[0]).toMatchObject({ failed: 2, completed: 0 });
    expect(await world.ledger()).toEqual([]);
    expect(await world.balance('BANK-A', 'GOV-TREASURY')).toBe(1_000_000);
  });
});

describe('what the published limits and the contract refuse', () => {
  it.each([
    ['a long requestId', { requestId: 'X'.repeat(17) }],
    ['a currency of two letters', { currency: 'EU' }],
    ['a currency that does not exist', { currency: 'QQQ' }],
    ['no amount', { amount: 0 }],
    ['a third decimal', { amount: 1.005 }],
    ['a long description', { descriptionText: 'X'.repeat(51) }],
    ['a payee without identity', { creditParty: [{ key: 'nickname', value: 'x' }] }],
    ['a long payee identity', { creditParty: [{ key: 'payeeIdentity', value: 'X'.repeat(21) }] }],
  ])('%s', async (_name, change) => {
    const refused = await world.handOver([{ ...instruction('I1', 'P-BANK'), ...change }]);
    expect(refused.status).toBe(400);
    expect(world.kit.jobs).toEqual([]);
  });

  it('an instruction that stands in a batch twice, a missing type, a long correlation', async () => {
    expect((await world.handOver([instruction('I1', 'P-BANK'), instruction('I1', 'P-BANK')])).status).toBe(
      400,
    );
    expect(
      (await world.handOver([instruction('I1', 'P-BANK')], { 'x-correlationid': 'X'.repeat(21) })).status,
    ).toBe(400);
    expect((await world.request('POST', '/batchtransactions', { body: [] })).status).toBe(400);
  });
});

describe('sending twice', () => {
  it('under one Idempotency-Key is one batch', async () => {
    const headers = { 'idempotency-key': 'run-1/pay' };
    const first = await world.handOver([instruction('I1', 'P-BANK')], headers);
    const second = await world.handOver([instruction('I1', 'P-BANK')], headers);
    expect(batchIdOf(second)).toBe(batchIdOf(first));
    await world.runJobs();
    expect(await world.ledger()).toHaveLength(1);
  });

  it('without a key, or to a block that forgets keys, is two batches: the ledger shows both credits', async () => {
    await world.handOver([instruction('I1', 'P-BANK')]);
    await world.kit.faults.add(WORKSPACE, { id: 'f', block: 'payments', kind: 'ignore-idempotency-key' });
    for (const key of ['k', 'k'])
      await world.handOver([instruction('I1', 'P-BANK')], { 'idempotency-key': key });
    await world.runJobs();
    const entries = await world.ledger();
    expect(entries.map(({ instructionId }) => instructionId)).toEqual(['I1', 'I1', 'I1']);
    expect(new Set(entries.map(({ batchId }) => batchId)).size).toBe(3);
    expect(await world.balance('BANK-A', 'BA-77')).toBe(30);
  });

  it('is unnecessary after a lost connection: the correlation finds the batch', async () => {
    expect(await detail({ 'X-CorrelationID': 'CORR-1' })).toEqual([]);
    await world.kit.faults.add(WORKSPACE, {
      id: 'f',
      block: 'payments',
      kind: 'timeout-after-effect',
      operationId: 'handOverBatch',
    });
    await expect(world.handOver([instruction('I1', 'P-BANK')])).rejects.toBeInstanceOf(ConnectionLostError);
    expect(await detail({ 'X-CorrelationID': 'CORR-1' })).toMatchObject([
      { transactionId: 'I1', status: 'IN_PROGRESS' },
    ]);
  });
});

describe('an institution that fails', () => {
  it('without an answer is asked again, and nobody is paid twice', async () => {
    let losses = 0;
    world.kit.answerServices(async (workspace, call) => {
      const answer = await world.deliver(workspace, call);
      if (call.request.path === '/credits' && losses < 2) {
        losses += 1;
        throw new ConnectionLostError('dropped after the credit', false);
      }
      return answer;
    });
    await world.handOver([instruction('I1', 'P-BANK'), instruction('I2', 'P-PHONE')]);
    await world.runJobs();
    expect(losses).toBe(2);
    expect(world.statuses().at(-1)).toMatchObject({ completed: 2 });
    expect(await world.ledger()).toHaveLength(2);
    expect(await world.balance('BANK-A', 'BA-77')).toBe(10);
  });

  it('for minutes is waited for longer than for what it calls pending', async () => {
    await world.register(['P-SLOW', '00', 'BA-0012']);
    let silent = 8;
    world.kit.answerServices((workspace, call) => {
      if (call.request.path !== '/credits' || silent === 0) return world.deliver(workspace, call);
      silent -= 1;
      throw new ConnectionLostError('no answer', false);
    });
    await world.handOver([instruction('I1', 'P-SLOW')]);
    await world.runJobs();
    expect(world.statuses().at(-1)).toMatchObject({ completed: 1, ongoing: 0 });
  });

  it('by refusing the mediator call fails its payees only', async () => {
    world.kit.answerServices((workspace, call) =>
      call.service.includes('MOBILE-OP')
        ? { status: 403, headers: {}, body: { title: 'no access right' } }
        : world.deliver(workspace, call),
    );
    await world.handOver([instruction('I1', 'P-BANK'), instruction('I2', 'P-PHONE')]);
    await world.runJobs();
    expect(world.statuses()[0]).toMatchObject({ completed: 1, failed: 1 });
  });
});

describe('a settlement that is killed', () => {
  /** Lets so many writes through, then refuses every further one, as a killed process would. */
  function dyingAfter(documents: DocumentStore, writes: number): DocumentStore {
    let left = writes;
    const guard = <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) => {
      return (...args: A): Promise<R> => {
        left -= 1;
        return left < 0 ? Promise.reject(new Error('killed')) : write(...args);
      };
    };
    return {
      ...documents,
      collection<T extends Document>(name: string, indexes?: readonly string[]): Collection<T> {
        const real = documents.collection<T>(name, indexes);
        if (!name.startsWith('mock-payments')) return real;
        return {
          ...real,
          put: guard((doc: T) => real.put(doc)),
          putMany: guard((docs: readonly T[]) => real.putMany(docs)),
          insert: guard((doc: T) => real.insert(doc)),
          insertMany: guard((docs: readonly T[]) => real.insertMany(docs)),
        };
      },
    };
  }

  it('at any write goes on when it runs again: each payee has one credit', async () => {
    let kills = 0;
    for (let writes = 0; writes < 40; writes += 1) {
      const documents = createMemoryDocuments();
      const place = await createPaymentWorld({ documents });
      await place.register(
        ['P-BANK', '00', 'BA-77'],
        ['P-LATE', '00', 'BA-0006'],
        ['P-BAD', '00', 'BA-0001'],
      );
      await place.handOver(
        ['P-BANK', 'P-LATE', 'P-BAD'].map((payee, index) => instruction(`I${index}`, payee)),
      );
      const { job } = place.kit.takeJob('settle');
      place.kit.realClock.forward(3000);
      const dying = createPaymentsBlock({ ...place.kit.deps, documents: dyingAfter(documents, writes) });
      const killed = await dying.runJob(WORKSPACE, job).then(
        () => false,
        () => true,
      );
      const restarted = createPaymentsBlock(place.kit.deps);
      await restarted.runJob(WORKSPACE, job);
      await place.runJobs();
      expect(place.statuses().at(-1)).toMatchObject({ completed: 2, failed: 1, ongoing: 0 });
      expect((await place.ledger()).map(({ payeeIdentity }) => payeeIdentity)).toEqual(['P-BANK', 'P-LATE']);
      expect(await place.balance('BANK-A', 'BA-77')).toBe(10);
      if (!killed) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(4);
    expect(kills).toBeLessThan(40);
  });
});

describe('a large batch', () => {
  it('of 1,200 is paged in order and paid completely', async () => {
    const payees = Array.from({ length: 1200 }, (_unused, index) => `P${index}`);
    await world.register(
      ...payees.map((payee, index) => [payee, '00', `B${index % 2 ? 'A' : 'B'}-X${index}-9`] as const),
    );
    const taken = await world.handOver(payees.map((payee, index) => instruction(`I${index}`, payee, 1.01)));
    await world.runJobs();
    const page = await detail({ batchId: batchIdOf(taken), pageNo: '2', pageSize: '500' });
    expect(page).toHaveLength(200);
    expect(page[0]).toMatchObject({ transactionId: 'I1000', status: 'COMPLETED' });
    expect(world.statuses()[0]).toMatchObject({ completed: 1200, completed_amount: 1212, totalAmount: 1212 });
    expect(await world.ledger()).toHaveLength(1200);
  });
});
