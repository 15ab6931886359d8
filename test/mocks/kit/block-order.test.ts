import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockResponse } from '../../../contracts/block.js';
import type { Json } from '../../../contracts/json.js';
import type { SharedOrder } from '../../../contracts/shared-order.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMutex } from '../../../mocks/kit/mutex.js';
import { createPaymentsBlock } from '../../../mocks/payments/block.js';
import { createDigitalRegistriesBlock } from '../../../mocks/digital-registries/block.js';
import { people, seedsOf } from '../digital-registries/registries-setup.js';
import { testDeps, WORKSPACE, type TestDeps } from './test-deps.js';

/** The turns of several processes, in one. */
function turns(): (process: string) => SharedOrder {
  const mutex = createMutex();
  const last = new Map<string, string>();
  return (process) => ({
    take: (name, work) =>
      mutex.run(name, async () => {
        const passed = last.get(name) !== process;
        last.set(name, process);
        await work(passed);
      }),
  });
}

type Ask = (
  block: Block,
  path: string,
  body: Json,
  headers?: Record<string, string>,
) => Promise<BlockResponse>;
const ask: Ask = (block, path, body, headers = {}) =>
  block.handle(WORKSPACE, { method: 'POST', path, query: {}, headers, body });

describe('a block in two processes over the same documents', () => {
  let one: TestDeps;
  let other: TestDeps;
  let broken: boolean;
  beforeEach(() => {
    const documents = createMemoryDocuments();
    const orderOf = turns();
    broken = false;
    const order = (process: string): SharedOrder => {
      const turn = orderOf(process);
      return {
        take: (name, work) =>
          broken ? Promise.reject(new Error('nobody knows whose turn it is')) : turn.take(name, work),
      };
    };
    one = testDeps({ documents, order: order('one') });
    other = testDeps({ documents, order: order('other') });
  });

  const voucher = (id: string): Json => ({
    requestID: id,
    batchID: `B-${id}`,
    voucherInstructions: [
      { instructionID: `I-${id}`, groupCode: 'FOO', currency: 'EUR', amount: 5, payeeFunctionalID: id },
    ],
  });
  const vouchers = (block: Block, id: string): Promise<BlockResponse> =>
    ask(block, '/vouchers', voucher(id), {
      'idempotency-key': `key-${id}`,
      'x-callback-url': 'http://localhost/c',
    });

  it('gives no number twice, and does what comes to both under one key once', async () => {
    const blocks = [createPaymentsBlock(one.deps), createPaymentsBlock(other.deps)] as const;
    await blocks[0].reset(WORKSPACE, {});
    const asked = Array.from({ length: 20 }, (_, at) => `R${at}`);
    const answers = await Promise.all(asked.flatMap((id) => blocks.map((block) => vouchers(block, id))));
    expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replay'] === 'true')).toHaveLength(20);
    const { documents } = await blocks[1].state.list(WORKSPACE, 'vouchers', { limit: 100 });
    expect(documents).toHaveLength(20);
  });

  it('lets one person in once, whoever of both is asked', async () => {
    const blocks = [
      createDigitalRegistriesBlock(one.deps),
      createDigitalRegistriesBlock(other.deps),
    ] as const;
    await blocks[0].reset(WORKSPACE, seedsOf(people));
    const header = { 'information-mediator-client': 'GOVSTACK/GOV/social-ministry/cash-transfer' };
    const create = (block: Block, individualId: string): Promise<BlockResponse> =>
      ask(
        block,
        '/data/population/1.0/create',
        { write: { content: { individualId, firstName: 'A' } } },
        header,
      );
    const ids = Array.from({ length: 10 }, (_, at) => `IND-1${at}`);
    const answers = await Promise.all(ids.flatMap((id) => blocks.map((block) => create(block, id))));
    const rules = answers.map(({ headers }) => headers['x-sandbox-rule']);
    expect(rules.filter((rule) => rule === 'created')).toHaveLength(10);
    expect(rules.filter((rule) => rule === 'already-there')).toHaveLength(10);
    const found = await ask(
      blocks[1],
      '/data/population/1.0/read',
      { query: { content: { individualId: 'IND-15' } } },
      header,
    );
    expect(found.status).toBe(200);
  });

  it('finishes what another left open before it does anything', async () => {
    const blocks = [createPaymentsBlock(one.deps), createPaymentsBlock(other.deps)] as const;
    await blocks[0].reset(WORKSPACE, {});
    await vouchers(blocks[0], 'zero');
    await vouchers(blocks[1], 'first');
    // The other ends in the middle: its record stands, its effects do not.
    const commits = one.deps.documents.collection('mock-payments-commits');
    await commits.put({
      _id: `${WORKSPACE}/unkeyed`,
      open: true,
      sequence: 'z',
      outcome: {
        effects: [{ kind: 'put', collection: 'counters', doc: { _id: 'vouchers', next: 500_000 } }],
      },
    } as never);
    await vouchers(blocks[0], 'second');
    const serials = (await blocks[1].state.list(WORKSPACE, 'vouchers', { limit: 9 })).documents;
    expect(serials.map(({ _id }) => _id)).toContain('500000');
  });

  it('leaves nobody waiting when nobody can say whose turn it is', async () => {
    const block = createPaymentsBlock(one.deps);
    await block.reset(WORKSPACE, {});
    broken = true;
    await expect(Promise.all([vouchers(block, 'a'), vouchers(block, 'b')])).rejects.toThrow('whose turn');
    broken = false;
    expect((await vouchers(block, 'a')).status).toBe(200);
  });
});
