import { describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE, runIdSchema } from '../../../contracts/ids.js';
import { silentLogger } from '../../../contracts/logger.js';
import { StoreUnavailableError } from '../../../contracts/store-unavailable.js';
import { createAdvanceWorker } from '../../../orchestrator/runtime/advance-worker.js';
import { createLocalLocks } from '../../../orchestrator/runtime/local-locks.js';

const run = runIdSchema.parse('run-1');

function setUp(advance: (times: number) => Promise<void>) {
  let times = 0;
  const wakes: unknown[] = [];
  const worker = createAdvanceWorker({
    advance: async () => {
      times += 1;
      await advance(times);
      return 0;
    },
    locks: createLocalLocks(),
    store: { inboxVersion: () => Promise.resolve(0) },
    signals: {
      wake: async (...asked) => {
        wakes.push(asked);
      },
    },
    park: () => Promise.reject(new Error('Nobody is to be parked')),
    logger: silentLogger,
  });
  return { worker, wakes, times: () => times };
}

describe('a job for a run that is in hand', () => {
  it('is done when the advance in hand is done, which looks once more', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { worker, times } = setUp((count) => (count === 1 ? held : Promise.resolve()));
    const jobs = [1, 2, 3].map(() => worker.work(DEFAULT_WORKSPACE, run, {}));
    expect(worker.busy(DEFAULT_WORKSPACE)).toBe(true);
    release();
    await Promise.all(jobs);
    expect(times()).toBe(2);
    expect(worker.busy()).toBe(false);
  });

  it('is not acknowledged when a store goes away meanwhile: no wake-up is lost, whichever job the queue still has', async () => {
    let lose: (error: Error) => void = () => undefined;
    const held = new Promise<void>((_, reject) => (lose = reject));
    const { worker, wakes, times } = setUp((count) => (count === 1 ? held : Promise.resolve()));
    const first = worker.work(DEFAULT_WORKSPACE, run, {});
    const handedOutAgain = worker.work(DEFAULT_WORKSPACE, run, {});
    lose(new StoreUnavailableError('journal', { cause: new Error('ECONNREFUSED') }));
    const outcomes = await Promise.allSettled([first, handedOutAgain]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    // The queue's next attempt, of either job, finds the run free.
    await worker.work(DEFAULT_WORKSPACE, run, {});
    expect(times()).toBe(2);
    expect(wakes).toEqual([]);
  });
});
