import { randomUUID } from 'node:crypto';
import { textOf } from '../../contracts/json.js';
import { silentLogger } from '../../contracts/logger.js';
import { createRedisQueues } from '../queue/redis/redis-queues.js';
import { connectRedis } from '../redis/connect.js';

/** What anybody would write by hand: one BullMQ job for each run, and a line in a list of Redis after each step. */
export interface BareJournal {
  /** Runs `step` so many times for a run, each noted before the next; resolves when the run is done. */
  readonly run: () => Promise<void>;
  close(): Promise<void>;
}

export async function openBareJournal(
  url: string,
  concurrency: number,
  steps: number,
  step: (n: number) => Promise<unknown>,
): Promise<BareJournal> {
  const redis = await connectRedis(url, silentLogger);
  const queues = await createRedisQueues({ url, prefix: 'gsb:bare', logger: silentLogger });
  const waiting = new Map<string, () => void>();
  const queue = queues.queue('bare');
  queues.work('bare', concurrency, async ({ data }) => {
    const id = textOf(data['id']);
    for (let n = 0; n < steps; n += 1) {
      const answer = await step(n);
      await redis
        .pipeline()
        .rpush(`gsb:bare:run:${id}`, JSON.stringify({ n, answer }))
        .hset('gsb:bare:state', id, String(n))
        .exec();
    }
    waiting.get(id)?.();
    waiting.delete(id);
  });
  return {
    run: () =>
      new Promise((resolve, reject) => {
        const id = randomUUID();
        waiting.set(id, resolve);
        queue.enqueue('run', { id }).catch(reject);
      }),
    close: async () => {
      await queues.close();
      await redis.quit();
    },
  };
}
