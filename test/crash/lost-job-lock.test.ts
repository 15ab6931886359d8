import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '../../contracts/store-unavailable.js';
import { createRedisQueues } from '../../infra/queue/redis/redis-queues.js';
import { withService } from '../contract/services.js';
import { startRedis } from './redis-process.js';

const LOCK_MS = 600;

/** Its Redis is its own, since it is killed; that of CI only tells that the machine can have one. */
withService('a job whose lock ran out while Redis was away', 'SANDBOX_TEST_REDIS_URL', () => {
  describe('a job whose lock ran out while Redis was away', () => {
    it('is handed out again, and the late end of the first attempt costs nothing but a line in the log', async () => {
      const redis = await startRedis();
      const lines: string[] = [];
      const note = (fields: unknown): void => {
        const { err } = fields as { err?: unknown };
        if (err instanceof Error) lines.push(err.message);
      };
      const logger = { debug: note, info: note, warn: note, error: note };
      const queues = await createRedisQueues({
        url: redis.url,
        logger,
        retry: { waitMs: () => 50, takeover: { lockMs: LOCK_MS, checkEveryMs: 200 } },
      });
      const gates = { taken: gate(), release: gate(), again: gate(), next: gate() };
      try {
        let attempts = 0;
        queues.work('advance', 2, async ({ data }) => {
          if (data['run'] === 'next') {
            gates.next.open();
            return;
          }
          attempts += 1;
          if (attempts > 1) {
            gates.again.open();
            return;
          }
          gates.taken.open();
          await gates.release.opened;
          throw new StoreUnavailableError('journal', { cause: new Error('ECONNREFUSED') });
        });
        await queues.queue('advance').enqueue('advance', { run: 'first' });
        await gates.taken.opened;
        await redis.kill();
        await pause(2 * LOCK_MS);
        await redis.start();
        await gates.again.opened;
        await until(async () => (await queues.queue('advance').depth()) === 0);
        gates.release.open();
        await until(() => lines.some((line) => /Missing key for job .*moveToDelayed/.test(line)));
        await queues.queue('advance').enqueue('advance', { run: 'next' });
        await gates.next.opened;
        expect(attempts).toBe(2);
      } finally {
        await queues.close();
        await redis.stop();
      }
    }, 60_000);
  });
});

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}
