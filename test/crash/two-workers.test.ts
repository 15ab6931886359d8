import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createRedisJournal } from '../../infra/journal/redis/redis-journal.js';
import { createRedisLocks } from '../../infra/locks/redis-locks.js';
import { createRedisQueues } from '../../infra/queue/redis/redis-queues.js';
import { runIdSchema } from '../../contracts/ids.js';
import { silentLogger } from '../../contracts/logger.js';
import type { BlockCallRequest } from '../../orchestrator/runtime/block-call.js';
import { withService } from '../contract/services.js';
import { workflow } from '../orchestrator/engine/workflow-text.js';
import { call, createWorld, workspace, type World } from '../orchestrator/runtime/world.js';

/** Two workers with connections of their own on one Redis: what two processes are to each other. */
withService('two workers on one Redis', 'SANDBOX_TEST_REDIS_URL', (url) => {
  const closing: (() => Promise<unknown>)[] = [];
  let worlds = 0;
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function openWorkers(
    text: string,
    answer: (call: BlockCallRequest, worker: number) => Promise<unknown>,
    concurrency = 4,
  ): Promise<{
    readonly workers: readonly World[];
    readonly lockPrefix: string;
    /** Jobs of the advance queue, as Redis has them. */
    readonly depth: () => Promise<{ readonly wait: number; readonly active: number }>;
  }> {
    worlds += 1;
    const prefix = `gsb-two-${process.pid}-${worlds}`;
    const documents = createMemoryDocuments();
    const workers: World[] = [];
    for (const worker of [0, 1]) {
      const options = { url, logger: silentLogger };
      const journal = await createRedisJournal({ ...options, prefix: `${prefix}:journal:` });
      const queues = await createRedisQueues({ ...options, prefix: `${prefix}:queue` });
      const locks = await createRedisLocks({ ...options, prefix: `${prefix}:lock:` });
      const world = await createWorld({
        documents: [text],
        kept: { documents, journal },
        queues,
        locks,
        concurrency,
        answer: (request) => answer(request, worker) as never,
      });
      workers.push(world);
      closing.push(async () => {
        await world.close();
        await queues.close();
        await locks.close();
        await journal.close();
      });
    }
    closing.push(async () => {
      const redis = new Redis(url);
      const keys = await redis.keys(`${prefix}*`);
      if (keys.length > 0) await redis.unlink(...keys);
      await redis.quit();
    });
    const watching = new Redis(url);
    closing.push(() => watching.quit());
    const lengthOf = (list: string): Promise<number> => watching.llen(`${prefix}:queue:advance:${list}`);
    const depth = async (): Promise<{ wait: number; active: number }> => ({
      wait: await lengthOf('wait'),
      active: await lengthOf('active'),
    });
    return { workers, depth, lockPrefix: `${prefix}:lock:` };
  }

  const statusOf = async (of: World, run: string) =>
    (await of.runtime.store.runs.get(`${workspace}/${run}`))?.doc.status;
  async function untilEnded(of: World, run: string): Promise<void> {
    while ((await statusOf(of, run)) !== 'completed') await pause(5);
  }

  describe('two workers on one Redis', () => {
    it('lose no signal, whichever of them sends it and whichever has the run', async () => {
      const text = workflow(
        `${call('begin')}
  - hear: { listen: { to: { all: [ { with: { type: org.example.one } }, { with: { type: org.example.two } } ] } } }${call('end')}`,
      );
      const calls: string[] = [];
      const { workers } = await openWorkers(text, async ({ origin, operationId }) => {
        calls.push(`${origin.runId} ${operationId}`);
        // Runs are found at every moment of an advance: before, in the middle, and as it comes to rest.
        await pause(calls.length % 7);
        return undefined;
      });
      const runs = await Promise.all(
        Array.from({ length: 150 }, async (_, n) => {
          const { runId } = await workers[n % 2]!.open({}, `k-${n}`);
          const run = runIdSchema.parse(runId);
          const tell = async (worker: number, name: string, late: number): Promise<void> => {
            await pause(late);
            const event = { specversion: '1.0', id: name, source: 's', type: `org.example.${name}` } as const;
            await workers[worker]!.runtime.events.deliver(workspace, run, event);
          };
          await Promise.all([tell(0, 'one', n % 11), tell(1, 'two', n % 13)]);
          return runId;
        }),
      );
      // No sweep runs here: a lost wake-up would be waited for without an end.
      await Promise.all(runs.map((run) => untilEnded(workers[0]!, run)));
      expect(calls).toHaveLength(300);
      expect(new Set(calls).size).toBe(300);
    });

    it('hear of a signal whose job found the run in the hands of the other', async () => {
      const text = workflow(
        `${call('begin')}\n  - hear: { listen: { to: { one: { with: { type: org.example.one } } } } }`,
      );
      const { workers, depth } = await openWorkers(
        text,
        async ({ origin }, worker) => {
          // The holder has one place only, and it is taken: the job goes to the other one.
          const event = { specversion: '1.0', id: 'e', source: 's', type: 'org.example.one' } as const;
          const run = runIdSchema.parse(origin.runId);
          await workers[1 - worker]!.runtime.events.deliver(workspace, run, event);
          while ((await depth()).wait > 0 || (await depth()).active > 1) await pause(2);
          return undefined;
        },
        1,
      );
      for (let n = 0; n < 5; n += 1) {
        const { runId } = await workers[0]!.open({}, `k-${n}`);
        await untilEnded(workers[0]!, runId);
      }
    });

    it('never both write: the one that stalled beyond its lock stops', async () => {
      let release: () => void = () => undefined;
      const stalled = new Promise<void>((resolve) => (release = resolve));
      let begun: () => void = () => undefined;
      const calling = new Promise<number>((resolve) => (begun = resolve as () => void));
      let first: number | undefined;
      const { workers, lockPrefix } = await openWorkers(workflow(call('pay')), async (_call, worker) => {
        if (first === undefined) {
          first = worker;
          begun();
          await stalled;
        }
        return {
          kind: 'answered',
          status: 200,
          headers: {},
          body: { by: worker },
          request: { method: 'POST', uri: '' },
        };
      });
      const { runId } = await workers[0]!.open();
      await calling;
      // Its lock ran out, and the other one finds the run free.
      const redis = new Redis(url);
      await redis.del(`${lockPrefix}${workspace}/${runId}`);
      while ((await statusOf(workers[0]!, runId)) !== 'completed') {
        await workers[1 - first!]!.runtime.signals.wake(workspace, runIdSchema.parse(runId));
        await pause(20);
      }
      release();
      while (!(await workers[first!]!.runtime.idle())) await pause(5);
      const events = await workers[0]!.events(runId);
      expect(events.filter(({ type }) => type === 'task.completed')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'run.completed')).toHaveLength(1);
      const records = await (await createReader()).read(runId);
      expect(records).toEqual({ by: 1 - first! });
      await redis.quit();

      async function createReader(): Promise<{ read(run: string): Promise<unknown> }> {
        const journal = await createRedisJournal({
          url,
          prefix: lockPrefix.replace(':lock:', ':journal:'),
          logger: silentLogger,
        });
        return {
          read: async (run) => {
            const last = (await journal.read(`${workspace}/run/${run}`)).at(-1)?.payload;
            await journal.close();
            return (last as { output: unknown }).output;
          },
        };
      }
    });
  });
});
