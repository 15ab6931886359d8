import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../../contracts/logger.js';
import { createRedisJournal } from '../../../infra/journal/redis/redis-journal.js';
import { openEmbeddedStorage, type Storage } from '../../../infra/storage.js';
import { withService } from '../../contract/services.js';
import { testTemplate } from '../../contract/template.js';
import { crashCases } from './crash-cases.js';
import { createKept, type Kept } from './crash-world.js';
import { play, type CrashCase } from './play.js';
import { all } from '../../setup/long.js';

/**
 * For each kind of command: first once without a crash, then once for every single thing that the runtime does to a
 * store, a queue or a block, killed right before and right after it. Each time the next runtime must bring the case to
 * the same end, with each effect in the block's ledger exactly once. `step` leaves out points: for stores that are slow.
 */
async function crashEverywhere(
  of: CrashCase,
  jobs: 'lost' | 'kept',
  keep: () => Kept,
  step = 1,
): Promise<readonly unknown[]> {
  const plain = await play(keep(), of, undefined, jobs);
  expect(plain.played).toMatchObject({
    status: 'completed',
    ends: 1,
    openTasks: 0,
    timers: 0,
    unfinishedRuns: 0,
  });
  expect(new Set(plain.played.ledger).size).toBe(plain.played.ledger.length);
  expect(plain.points.length).toBeGreaterThan(20);
  const wrong: unknown[] = [];
  for (let at = 0; at < plain.points.length; at += step) {
    const { played, points } = await play(keep(), of, at, jobs);
    const differs = Object.entries(played).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(plain.played[name as keyof typeof played]),
    );
    if (differs.length > 0) wrong.push({ at, point: points.at(-1), ...Object.fromEntries(differs) });
  }
  return wrong;
}

describe.each(['lost', 'kept'] as const)('a crash at every seam, with the jobs %s', (jobs) => {
  it.each(crashCases)('$words', async (of) => {
    expect(await crashEverywhere(of, jobs, () => createKept())).toEqual([]);
  });
});

/** Each world has a workspace's worth of names of its own, so that one database serves them all. */
describe('a crash at many seams, on the embedded stores', () => {
  let storage: Storage;
  beforeAll(async () => {
    storage = await openEmbeddedStorage({ templateFile: await testTemplate(), logger: silentLogger });
    // The template may have to be made first.
  }, 120_000);
  afterAll(() => storage.close());

  it.each(
    all(
      crashCases.filter((_, index) => index % 3 === 0),
      (of) => of === crashCases[0],
    ),
  )('$words', async (of) => {
    let worlds = 0;
    const keep = (): Kept => createKept(apart(storage, `${crashCases.indexOf(of)}x${(worlds += 1)}`));
    expect(await crashEverywhere(of, 'lost', keep, 9)).toEqual([]);
  });
});

withService('a crash at many seams, on Redis', 'SANDBOX_TEST_REDIS_URL', (url) => {
  describe('a crash at many seams, with the journal on Redis', () => {
    it.each(all(crashCases, (of) => crashCases.indexOf(of) % 5 === 0))('$words', async (of) => {
      const prefix = `gsb-seams-${process.pid}-${crashCases.indexOf(of)}`;
      const opened: Kept['journal'][] = [];
      const shared = await createRedisJournal({ url, prefix: `${prefix}:`, logger: silentLogger });
      opened.push(shared);
      let worlds = 0;
      const keep = (): Kept => {
        worlds += 1;
        const { journal } = apart({ journal: shared }, String(worlds));
        return createKept({ journal: journal! });
      };
      try {
        expect(await crashEverywhere(of, 'kept', keep, 5)).toEqual([]);
      } finally {
        await shared.deleteByPrefix('');
        await shared.close();
      }
    });
  });
});

/** The same stores under other names: a world that shares nothing with the ones before it. */
function apart(
  { documents, journal }: Partial<Pick<Storage, 'documents' | 'journal'>>,
  name: string,
): Partial<Pick<Kept, 'documents' | 'journal'>> {
  return {
    ...(documents === undefined
      ? {}
      : {
          documents: {
            ...documents,
            collection: (of, indexes) => documents.collection(`w${name}-${of}`, indexes),
          },
        }),
    ...(journal === undefined
      ? {}
      : {
          journal: {
            ...journal,
            append: (stream, version, entries) => journal.append(`${name}/${stream}`, version, entries),
            read: (stream, options) => journal.read(`${name}/${stream}`, options),
            version: (stream) => journal.version(`${name}/${stream}`),
            versions: (streams) => journal.versions(streams.map((stream) => `${name}/${stream}`)),
          },
        }),
  };
}
