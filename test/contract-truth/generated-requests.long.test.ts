import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MockServer } from '../../app/mock-server.js';
import type { MockSeeds } from '../../app/mock-seeds.js';
import { contradictions } from '../../app/docs/contradictions/contradictions.js';
import { blockIds, type BlockId } from '../../contracts/block.js';
import { silentLogger } from '../../contracts/logger.js';
import { createOperationTable } from '../../mocks/kit/operation-table.js';
import { isListed, unseen } from './explained.js';
import { play, type Played } from './generate/play.js';
import { stories } from './generate/stories.js';
import { tell, tellUnreached } from './generate/tell.js';
import { readAllSeeds, startBlocks } from './generate/world.js';
import { createOfficialCheck, observedOf, type Violation } from './official-check.js';
import { hasOfficial, readOfficial } from './read-official.js';

/**
 * GENERATED_REQUESTS: about how many, over all blocks (1,300, beside one bare request for each operation); GENERATED_SEED: another run; GENERATED_TELL=1 prints
 * what was never seen.
 */
const REQUESTS = Number(process.env['GENERATED_REQUESTS'] ?? 1_300);
const SEED = Number(process.env['GENERATED_SEED'] ?? 20_260_105);
const DEADLINE_MS = 10_000;

let seeds: MockSeeds;
let servers: ReadonlyMap<BlockId, MockServer>;
let played: readonly Played[];
/** By what is wrong, with how often it was. */
const violations = new Map<
  string,
  { readonly violation: Violation; count: number; readonly request: string }
>();
const unexpected: string[] = [];

beforeAll(async () => {
  seeds = await readAllSeeds();
  const error = (fields: object, message?: string): void => {
    const err: unknown = 'err' in fields ? fields.err : undefined;
    unexpected.push(
      `${message ?? ''} ${JSON.stringify(fields)} ${err instanceof Error ? (err.stack ?? '') : ''}`,
    );
  };
  servers = await startBlocks(seeds, { ...silentLogger, error });
  const sizes = [...servers.values()].map(({ openapi }) => createOperationTable(openapi).operations.length);
  const rounds = Math.floor(REQUESTS / sizes.reduce((sum, size) => sum + size, 0));
  const official = readOfficial();
  const runs = [...servers].map(([block, { origin, openapi }]) => {
    const check = createOfficialCheck(block, official);
    return play({
      block,
      origin,
      openapi,
      seeds: seeds.seeds,
      seed: SEED,
      rounds,
      deadlineMs: DEADLINE_MS,
      first: stories[block] ?? [],
      watch: (request, verdict) => {
        for (const violation of check(observedOf(request, verdict))) {
          const key = JSON.stringify(violation);
          const known = violations.get(key);
          if (known === undefined)
            violations.set(key, {
              violation,
              count: 1,
              request: `${request.method} ${request.target} ${request.body ?? ''}`,
            });
          else known.count += 1;
        }
      },
    });
  });
  played = await Promise.all(runs);
  tell(played, SEED);
  if (process.env['GENERATED_TELL'] !== undefined) tellUnreached(played, servers);
}, 3_600_000);
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.close()));
});

describe('generated requests to every operation of every block', () => {
  it('are answered by the contract, with the rule named, in time, and never with a failure', () => {
    const kinds = new Map<string, { count: number; first: string }>();
    for (const failure of played.flatMap(({ failures }) => failures)) {
      const [kind = ''] = failure.split('\n');
      const known = kinds.get(kind);
      kinds.set(kind, { count: (known?.count ?? 0) + 1, first: known?.first ?? failure });
    }
    expect([...kinds.values()].map(({ count, first }) => `${count} x ${first}`)).toEqual([]);
    expect([...new Set(unexpected)]).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('are no wall of refusals', () => {
    for (const { block, requests, answered } of played) {
      const done = [...answered]
        .filter(([key]) => / 2\d\d$/.test(key))
        .reduce((sum, [, count]) => sum + count, 0);
      expect([block, done > requests / 8]).toEqual([block, true]);
    }
    expect(played.map(({ block }) => block).sort()).toEqual([...blockIds].sort());
  });
});

(hasOfficial ? describe : describe.skip)('what is answered to them', () => {
  it('fits the official documents, but for the contradictions that are listed', () => {
    const unlisted = [...violations.values()].filter(({ violation }) => !isListed(contradictions, violation));
    expect(
      unlisted.map(
        ({ violation: { document, operation, status, what }, count, request }) =>
          `${count} x ${document} | ${operation} | ${status} | ${what} <= ${request.slice(0, 200)}`,
      ),
    ).toEqual([]);
  });

  it('still shows each contradiction that is listed', () => {
    const seen = [...violations.values()].map(({ violation }) => violation);
    expect(unseen(contradictions, seen)).toEqual([]);
  });
});
