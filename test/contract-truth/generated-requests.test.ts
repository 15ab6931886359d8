import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MockServer } from '../../app/mock-server.js';
import type { MockSeeds } from '../../app/mock-seeds.js';
import { blockIds, type BlockId } from '../../contracts/block.js';
import { createOperationTable } from '../../mocks/kit/operation-table.js';
import { silentLogger } from '../../contracts/logger.js';
import { play, type Played } from './generate/play.js';
import { readAllSeeds, startBlocks } from './generate/world.js';

/** More with GENERATED_REQUESTS, another run with GENERATED_SEED. */
const REQUESTS = Number(process.env['GENERATED_REQUESTS'] ?? 1_500);
const SEED = Number(process.env['GENERATED_SEED'] ?? 20_260_105);
const DEADLINE_MS = 10_000;

let seeds: MockSeeds;
let servers: ReadonlyMap<BlockId, MockServer>;
const unexpected: string[] = [];

beforeAll(async () => {
  seeds = await readAllSeeds();
  const error = (fields: object, message?: string): void => {
    const err: unknown = 'err' in fields ? fields.err : undefined;
    unexpected.push(`${message ?? ''} ${JSON.stringify(fields)} ${err instanceof Error ? (err.stack ?? '') : ''}`);
  };
  servers = await startBlocks(seeds, { ...silentLogger, error });
}, 60_000);
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.close()));
});

describe('every operation of every block, with generated requests', () => {
  it('answers by its contract, names its rule, and never fails of itself', async () => {
    const sizes = [...servers.values()].map(({ openapi }) => Object.keys(openapi['paths'] ?? {}).length);
    const all = sizes.reduce((sum, size) => sum + size, 0);
    const played = await Promise.all(
      [...servers].map(([block, { origin, openapi }], at) =>
        play({
          block,
          origin,
          openapi,
          seeds: seeds.seeds,
          seed: SEED + at,
          requests: Math.ceil((REQUESTS * sizes[at]!) / all),
          deadlineMs: DEADLINE_MS,
        }),
      ),
    );
    tell(played);
    if (process.env['GENERATED_TELL'] !== undefined) tellUnreached(played, servers);
    const failures = played.flatMap(({ failures: found }) => found);
    const kinds = new Map<string, { count: number; first: string }>();
    for (const failure of failures) {
      const kind = failure.split('\n')[0]!;
      const known = kinds.get(kind);
      kinds.set(kind, { count: (known?.count ?? 0) + 1, first: known?.first ?? failure });
    }
    expect([...kinds.values()].map(({ count, first }) => `${count} x ${first}`)).toEqual([]);
    expect([...new Set(unexpected)]).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
    // No wall of refusals: every block does what it is asked, often.
    for (const { block, requests, answered } of played) {
      const done = [...answered].filter(([key]) => / 2\d\d$/.test(key)).reduce((sum, [, count]) => sum + count, 0);
      expect([block, done > requests / 8]).toEqual([block, true]);
    }
    expect(played.map(({ block }) => block).sort()).toEqual([...blockIds].sort());
  }, 900_000);
});

/** Which declared answers nobody has seen. */
function tellUnreached(played: readonly Played[], of: ReadonlyMap<BlockId, MockServer>): void {
  for (const { block, answered } of played) {
    const declared = createOperationTable(of.get(block)?.openapi ?? {}).operations.flatMap(
      ({ operationId, operation }) =>
        Object.keys(operation['responses'] as object).map((status) => `${operationId} ${status}`),
    );
    const unreached = declared.filter((key) => !answered.has(key) && !key.endsWith('default'));
    process.stdout.write(`${block}: ${declared.length} declared, never seen: ${unreached.join(', ')}\n`);
  }
}

function tell(played: readonly Played[]): void {
  for (const { block, requests, answered } of played) {
    const byStatus = new Map<string, number>();
    for (const [key, count] of answered) {
      const status = key.split(' ')[1]!;
      byStatus.set(status, (byStatus.get(status) ?? 0) + count);
    }
    const list = [...byStatus].sort().map(([status, count]) => `${status}: ${count}`);
    process.stdout.write(`${block}: ${requests} generated requests (seed ${SEED}): ${list.join(', ')}\n`);
  }
}
