import { randomUUID } from 'node:crypto';
import type { Logger } from '../../contracts/logger.js';
import type { RunLocks } from '../../contracts/run-lock.js';
import { closeRedis, connectRedis } from '../redis/connect.js';
import { createReach } from '../redis/reach.js';
import { guarded, isRedisAway } from '../store-guard.js';
import { whileHeld } from './held-key.js';

export interface RedisLocksOptions {
  readonly url: string;
  readonly logger: Logger;
  /** How long a lock outlives a holder that stopped without releasing it, in milliseconds. */
  readonly ttlMs?: number;
  readonly prefix?: string;
}

/** What a killed worker's runs wait for; renewed every third of it. Known to be short: the journal's version is the fence. */
const TTL_MS = 10_000;

/**
 * Locks that hold across processes and machines, on one Redis. They make two workers on one run rare, not impossible
 * (a holder may stall past its time); the journal's version is the fence that makes it harmless.
 * Raises GSB-CFG-007 when Redis is not reachable.
 */
export async function createRedisLocks({
  url,
  logger,
  ttlMs = TTL_MS,
  prefix = 'gsb:lock:',
}: RedisLocksOptions): Promise<RunLocks & { close(): Promise<void> }> {
  const redis = await connectRedis(url, logger, { together: true });
  const during = createReach(redis);
  return {
    shared: true,
    withLock: async (name, work) => {
      const key = `${prefix}${name}`;
      const token = randomUUID();
      const got = await guarded('locks', isRedisAway, () =>
        during(() => redis.set(key, token, 'PX', ttlMs, 'NX')),
      );
      if (got !== 'OK') return 'busy';
      await whileHeld({ redis, during, key, token, ttlMs, what: `lock ${name}`, logger }, work);
      return 'done';
    },
    close: () => closeRedis(redis),
  };
}
