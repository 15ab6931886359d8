import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Logger } from '../../contracts/logger.js';
import type { RunLocks } from '../../contracts/run-lock.js';
import { connectRedis } from '../redis/connect.js';
import { guarded, isRedisAway } from '../store-guard.js';

export interface RedisLocksOptions {
  readonly url: string;
  readonly logger: Logger;
  /** How long a lock outlives a holder that stopped without releasing it, in milliseconds. */
  readonly ttlMs?: number;
  readonly prefix?: string;
}

/** What a killed worker's runs wait for; renewed every third of it. Known to be short: the journal's version is the fence. */
const TTL_MS = 10_000;

/** Only the holder may lengthen or end a lock: its token tells it from whoever came after it. */
const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

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
  return {
    shared: true,
    withLock: async (name, work) => {
      const key = `${prefix}${name}`;
      const token = randomUUID();
      const got = await guarded('locks', isRedisAway, () => redis.set(key, token, 'PX', ttlMs, 'NX'));
      if (got !== 'OK') return 'busy';
      const stopRenewing = keepRenewed({ redis, key, token, ttlMs, name, logger });
      try {
        await work();
        return 'done';
      } finally {
        stopRenewing();
        // A lock that cannot be released ends by itself; the work that was done under it stands.
        await redis.eval(RELEASE, 1, key, token).catch((error: unknown) => {
          logger.warn({ error, lock: name }, 'a lock could not be released; it runs out by itself');
        });
      }
    },
    close: async () => {
      await redis.quit();
    },
  };
}

interface Held {
  readonly redis: Redis;
  readonly key: string;
  readonly token: string;
  readonly ttlMs: number;
  readonly name: string;
  readonly logger: Logger;
}

/** Lengthens the lock three times in each of its lives, until told to stop. */
function keepRenewed({ redis, key, token, ttlMs, name, logger }: Held): () => void {
  let released = false;
  const renew = async (): Promise<void> => {
    const renewed = await redis.eval(RENEW, 1, key, token, ttlMs);
    if (renewed === 1 || released) return;
    clearInterval(timer);
    logger.warn(
      { lock: name },
      'a lock was lost while its work went on; the journal refuses whoever is late',
    );
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => logger.warn({ error, lock: name }, 'a lock could not be renewed'));
  }, ttlMs / 3);
  timer.unref();
  return () => {
    released = true;
    clearInterval(timer);
  };
}
