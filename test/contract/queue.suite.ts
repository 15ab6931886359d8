import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job, JobQueue, JobQueues, JobWorker } from '../../contracts/queue.js';

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function createGate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Collects jobs and lets a test wait for a number of them. */
function createLog(): {
  readonly jobs: Job[];
  readonly add: (job: Job) => void;
  readonly count: (n: number) => Promise<Job[]>;
} {
  const jobs: Job[] = [];
  const waits: { readonly n: number; readonly resolve: () => void }[] = [];
  return {
    jobs,
    add: (job) => {
      jobs.push(job);
      for (const { n, resolve } of waits) if (jobs.length >= n) resolve();
    },
    count: async (n) => {
      if (jobs.length < n) await new Promise<void>((resolve) => waits.push({ n, resolve }));
      return jobs;
    },
  };
}

async function untilEmpty(queue: JobQueue): Promise<void> {
  while ((await queue.depth()) > 0) await new Promise((resolve) => setImmediate(resolve));
}

export interface QueueContractOptions {
  /** How many times a job that always fails is tried, when the adapter was set up to try less often for this test. */
  readonly attempts: number;
}

/** What every adapter of the queue port must do. */
export function queueContract(
  name: string,
  create: () => Promise<JobQueues>,
  { attempts }: QueueContractOptions,
): void {
  describe(`queue: ${name}`, () => {
    let queues: JobQueues;
    let fresh = 0;
    const run = Date.now().toString(36);
    const workers: JobWorker[] = [];

    beforeAll(async () => {
      queues = await create();
      // An embedded one begins with making its template, where no test did before.
    }, 120_000);
    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.close()));
    });
    afterAll(async () => {
      await queues.close();
    });

    function open(): {
      readonly queue: JobQueue;
      readonly work: (n: number, process: (job: Job) => Promise<void>) => JobWorker;
    } {
      fresh += 1;
      const queueName = `q-${run}-${fresh}`;
      return {
        queue: queues.queue(queueName),
        work: (n, process) => {
          const worker = queues.work(queueName, n, process);
          workers.push(worker);
          return worker;
        },
      };
    }

    it('hands each job to a worker, unchanged', async () => {
      const { queue, work } = open();
      const log = createLog();
      work(4, async (job) => log.add(job));
      const data = { z: 1, a: { 'b.c': [null, 'nul \0 😀'] }, $x: 1.5 };
      await queue.enqueue('first', data);
      await queue.enqueueMany([
        { name: 'second', data: { n: 2 } },
        { name: 'third', data: {} },
      ]);
      const jobs = await log.count(3);
      expect(jobs.map((job) => job.name).sort()).toEqual(['first', 'second', 'third']);
      const first = jobs.find((job) => job.name === 'first');
      expect(first).toMatchObject({ data, attemptsMade: 0 });
      expect(JSON.stringify(first?.data)).toBe(JSON.stringify(data));
      expect(new Set(jobs.map((job) => job.id)).size).toBe(3);
      await untilEmpty(queue);
    });

    it('keeps jobs until there is a worker, and hands them out in order', async () => {
      const { queue, work } = open();
      await queue.enqueueMany(Array.from({ length: 20 }, (_, n) => ({ name: 'n', data: { n } })));
      expect(await queue.depth()).toBe(20);
      const log = createLog();
      work(1, async (job) => log.add(job));
      expect((await log.count(20)).map((job) => job.data['n'])).toEqual(
        Array.from({ length: 20 }, (_, n) => n),
      );
      await untilEmpty(queue);
    });

    it('works on as many at once as it was told, not more', async () => {
      const { queue, work } = open();
      const gate = createGate();
      const started = createLog();
      let running = 0;
      let most = 0;
      work(3, async (job) => {
        running += 1;
        most = Math.max(most, running);
        started.add(job);
        await gate.opened;
        running -= 1;
      });
      await queue.enqueueMany(Array.from({ length: 10 }, () => ({ name: 'n', data: {} })));
      await started.count(3);
      expect(await queue.depth()).toBe(10);
      gate.open();
      await started.count(10);
      await untilEmpty(queue);
      expect(most).toBe(3);
    });

    it('delays', async () => {
      const { queue, work } = open();
      const log = createLog();
      work(2, async (job) => log.add(job));
      const before = Date.now();
      await queue.enqueue('late', {}, { delayMs: 1_500 });
      await queue.enqueue('soon', {});
      expect(await queue.depth()).toBeGreaterThanOrEqual(1);
      const jobs = await log.count(2);
      expect(jobs.map((job) => job.name)).toEqual(['soon', 'late']);
      expect(Date.now() - before).toBeGreaterThanOrEqual(1_495);
      await untilEmpty(queue);
    });

    it('swallows a job whose id has not ended: waiting, delayed or active', async () => {
      const { queue, work } = open();
      await queue.enqueue('wait', { n: 1 }, { id: 'run:1' });
      await queue.enqueue('wait', { n: 2 }, { id: 'run:1' });
      await queue.enqueueMany([{ name: 'wait', data: { n: 3 }, options: { id: 'run:1' } }]);
      await queue.enqueue('later', { n: 4 }, { id: 'run:2', delayMs: 200 });
      await queue.enqueue('later', { n: 5 }, { id: 'run:2' });
      expect(await queue.depth()).toBe(2);
      const gate = createGate();
      const log = createLog();
      work(2, async (job) => {
        log.add(job);
        await gate.opened;
      });
      await log.count(1);
      await queue.enqueue('wait', { n: 6 }, { id: 'run:1' });
      gate.open();
      const jobs = await log.count(2);
      await untilEmpty(queue);
      expect(jobs.map((job) => [job.id, job.data['n']])).toEqual([
        ['run:1', 1],
        ['run:2', 4],
      ]);
    });

    it('takes the same id again once the job has ended', async () => {
      const { queue, work } = open();
      const log = createLog();
      work(1, async (job) => log.add(job));
      for (let n = 1; n <= 3; n += 1) {
        await queue.enqueue('n', { n }, { id: 'again' });
        await log.count(n);
        await untilEmpty(queue);
      }
      expect(log.jobs.map((job) => job.data['n'])).toEqual([1, 2, 3]);
    });

    it('tries a failing job again, and others meanwhile', async () => {
      const { queue, work } = open();
      const log = createLog();
      work(1, async (job) => {
        log.add(job);
        if (job.name === 'flaky' && job.attemptsMade < 2) throw new Error('on purpose');
      });
      await queue.enqueue('flaky', {}, { id: 'flaky' });
      await queue.enqueue('fine', {});
      await log.count(4);
      await untilEmpty(queue);
      const tries = log.jobs.filter((job) => job.name === 'flaky');
      expect(tries.map((job) => [job.id, job.attemptsMade])).toEqual([
        ['flaky', 0],
        ['flaky', 1],
        ['flaky', 2],
      ]);
      expect(log.jobs.filter((job) => job.name === 'fine')).toHaveLength(1);
    });

    it('gives up after the last attempt, and takes the id again then', async () => {
      const { queue, work } = open();
      const log = createLog();
      work(1, async (job) => {
        log.add(job);
        if (job.data['bad'] === true) throw new Error('on purpose');
      });
      await queue.enqueue('n', { bad: true }, { id: 'x' });
      await log.count(attempts);
      await untilEmpty(queue);
      await queue.enqueue('n', { bad: false }, { id: 'x' });
      await log.count(attempts + 1);
      await untilEmpty(queue);
      expect(log.jobs).toHaveLength(attempts + 1);
    });

    it('drops what waits and what is delayed, and takes their ids again', async () => {
      const { queue, work } = open();
      await queue.enqueue('n', { old: true }, { id: 'a' });
      await queue.enqueue('n', { old: true }, { id: 'b', delayMs: 60_000 });
      await queue.enqueue('n', { old: true });
      await queue.clear();
      expect(await queue.depth()).toBe(0);
      await queue.enqueue('n', { old: false }, { id: 'a' });
      await queue.enqueue('n', { old: false }, { id: 'b' });
      const log = createLog();
      work(1, async (job) => log.add(job));
      await log.count(2);
      await untilEmpty(queue);
      expect(log.jobs.map((job) => [job.id, job.data['old']])).toEqual([
        ['a', false],
        ['b', false],
      ]);
    });

    it('names and drops the jobs whose data has certain members, and no others', async () => {
      const { queue, work } = open();
      await queue.enqueue('n', { workspace: 'a', n: 1 });
      await queue.enqueue('n', { workspace: 'a', n: 2 }, { delayMs: 60_000 });
      await queue.enqueue('n', { workspace: 'b', n: 3 });
      await queue.enqueue('n', { workspace: 'b', n: 4 }, { delayMs: 60_000 });
      expect((await queue.jobs({ workspace: 'a' })).map(({ data }) => data['n']).sort()).toEqual([1, 2]);
      expect(await queue.jobs({ workspace: 'c' })).toEqual([]);
      await queue.discard({ workspace: 'a' });
      expect(await queue.jobs({ workspace: 'a' })).toEqual([]);
      expect(await queue.depth()).toBe(2);
      const gate = createGate();
      const log = createLog();
      work(1, async (job) => {
        log.add(job);
        await gate.opened;
      });
      await log.count(1);
      // What a worker has in hand counts, and goes its way.
      expect((await queue.jobs({ workspace: 'b' })).map(({ data }) => data['n']).sort()).toEqual([3, 4]);
      await queue.discard({ workspace: 'b' });
      gate.open();
      await untilEmpty(queue);
      expect(log.jobs.map(({ data }) => data['n'])).toEqual([3]);
    });

    it('finishes what is in hand when a worker is closed', async () => {
      const { queue, work } = open();
      const gate = createGate();
      const started = createLog();
      let ended = 0;
      const worker = work(1, async (job) => {
        started.add(job);
        await gate.opened;
        ended += 1;
      });
      await queue.enqueueMany([
        { name: 'n', data: {} },
        { name: 'n', data: {} },
      ]);
      await started.count(1);
      const closed = worker.close();
      gate.open();
      await closed;
      expect(ended).toBe(1);
      expect(await queue.depth()).toBe(1);
    });

    it('lets a job enqueue the next one', async () => {
      const { queue, work } = open();
      const log = createLog();
      work(2, async (job) => {
        log.add(job);
        const n = Number(job.data['n']);
        if (n < 20) await queue.enqueue('n', { n: n + 1 });
      });
      await queue.enqueue('n', { n: 1 });
      await log.count(20);
      await untilEmpty(queue);
      expect(log.jobs.map((job) => job.data['n'])).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    });
  });
}
