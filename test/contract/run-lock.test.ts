import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { type Logger, silentLogger } from '../../contracts/logger.js';
import { createRedisLocks } from '../../infra/locks/redis-locks.js';
import { createLocalLocks } from '../../orchestrator/runtime/local-locks.js';
import { runLockContract } from './run-lock.suite.js';
import { withService } from './services.js';

runLockContract('local', async () => {
  const locks = createLocalLocks();
  const opened = { locks, close: async () => undefined };
  return [opened, opened];
});

withService('run locks: redis', 'SANDBOX_TEST_REDIS_URL', (url) => {
  const prefix = `gsb-test-${process.pid}:lock:`;

  async function open(options: { ttlMs?: number; logger?: Logger } = {}): Promise<{
    locks: Awaited<ReturnType<typeof createRedisLocks>>;
    close: () => Promise<void>;
  }> {
    const locks = await createRedisLocks({ url, prefix, logger: silentLogger, ...options });
    return { locks, close: () => locks.close() };
  }

  runLockContract('redis', () => Promise.all([open(), open()]));

  describe('run locks: redis, with a holder that stalls', () => {
    /** Waits for what Redis itself decides, such as a key that runs out. */
    async function until(holds: () => Promise<boolean>): Promise<void> {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
    }

    it('keeps a lock for as long as the work goes on, well beyond its time', async () => {
      const one = await open({ ttlMs: 1_000 });
      const other = await open({ ttlMs: 1_000 });
      const redis = new Redis(url);
      let answers: string[] = [];
      await one.locks.withLock('long', async () => {
        // Twice the lock's own time, counted by Redis.
        await redis.set(`${prefix}meanwhile`, '1', 'PX', 2_000);
        await until(async () => {
          answers.push(await other.locks.withLock('long', async () => undefined));
          return (await redis.exists(`${prefix}meanwhile`)) === 0;
        });
      });
      expect(new Set(answers)).toEqual(new Set(['busy']));
      answers = [await other.locks.withLock('long', async () => undefined)];
      expect(answers).toEqual(['done']);
      await Promise.all([one.close(), other.close(), redis.quit()]);
    });

    it('passes on the lock of a holder that died, once its time is over', async () => {
      const other = await open({ ttlMs: 100 });
      const redis = new Redis(url);
      await redis.set(`${prefix}orphan`, 'a holder that is no more', 'PX', 100);
      expect(await other.locks.withLock('orphan', async () => undefined)).toBe('busy');
      await until(async () => (await other.locks.withLock('orphan', async () => undefined)) === 'done');
      await Promise.all([other.close(), redis.quit()]);
    });

    it('says when a lock is lost, and leaves the lock of whoever has it now', async () => {
      const warnings: string[] = [];
      const logger = {
        ...silentLogger,
        warn: (_fields: object, message = '') => void warnings.push(message),
      };
      const one = await open({ ttlMs: 60, logger });
      const redis = new Redis(url);
      const answer = await one.locks.withLock('stolen', async () => {
        await redis.set(`${prefix}stolen`, 'somebody else');
        await until(async () => warnings.length > 0);
      });
      expect(answer).toBe('done');
      expect(warnings).toEqual([expect.stringContaining('lost')]);
      expect(await redis.get(`${prefix}stolen`)).toBe('somebody else');
      await redis.del(`${prefix}stolen`);
      await Promise.all([one.close(), redis.quit()]);
    });
  });
});
