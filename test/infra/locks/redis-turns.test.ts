import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { silentLogger } from '../../../contracts/logger.js';
import { StoreUnavailableError } from '../../../contracts/store-unavailable.js';
import { createRedisTurns } from '../../../infra/locks/redis-turns.js';
import { withService } from '../../contract/services.js';
import { startRedis } from '../../crash/redis-process.js';

/** Its Redis is its own, since it is killed; that of CI only tells that the machine can have one. */
withService('turns while Redis is away', 'SANDBOX_TEST_REDIS_URL', () => {
  it('are refused in time, and taken again once it is back', async () => {
    const redis = await startRedis();
    const turns = await createRedisTurns({ url: redis.url, logger: silentLogger });
    try {
      const passed: boolean[] = [];
      await turns.take('default/payments', async (after) => {
        passed.push(after);
        // Whoever has the turn when Redis goes away ends it all the same.
        await redis.kill();
      });
      await expect(turns.take('default/payments', () => Promise.resolve())).rejects.toThrow(
        StoreUnavailableError,
      );
      await redis.start();
      // The connection finds it again by itself, a moment later.
      while (passed.length < 2)
        await turns
          .take('default/consent', (after) => Promise.resolve(void passed.push(after)))
          .catch(() => pause(20));
      expect(passed).toEqual([true, true]);
    } finally {
      await turns.close();
      await redis.stop();
    }
  }, 30_000);
});
