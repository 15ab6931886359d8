import type { Redis } from 'ioredis';
import type { Logger } from '../../contracts/logger.js';
import type { Reach } from '../redis/reach.js';

/** A key in Redis that one holder has for a time: its token tells it from whoever comes after it. */
export interface HeldKey {
  readonly redis: Redis;
  readonly during: Reach;
  readonly key: string;
  readonly token: string;
  readonly ttlMs: number;
  /** What is held, for the log: `lock default/run-1`. */
  readonly what: string;
  readonly logger: Logger;
}

const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

/** Does the work while the key is lengthened three times in each of its lives; gives it back afterwards. */
export async function whileHeld(held: HeldKey, work: () => Promise<void>): Promise<void> {
  const { redis, during, key, token, what, logger } = held;
  const stopRenewing = keepRenewed(held);
  try {
    await work();
  } finally {
    stopRenewing();
    // What cannot be given back ends by itself; the work that was done under it stands.
    await during(() => redis.eval(RELEASE, 1, key, token)).catch((error: unknown) => {
      logger.warn({ err: error, held: what }, 'what was held could not be given back; it runs out by itself');
    });
  }
}

function keepRenewed({ redis, key, token, ttlMs, what, logger }: HeldKey): () => void {
  let released = false;
  const renew = async (): Promise<void> => {
    const renewed = await redis.eval(RENEW, 1, key, token, ttlMs);
    if (renewed === 1 || released) return;
    clearInterval(timer);
    logger.warn({ held: what }, 'what was held was lost while its work went on');
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) =>
      logger.warn({ err: error, held: what }, 'what is held could not be lengthened'),
    );
  }, ttlMs / 3);
  timer.unref();
  return () => {
    released = true;
    clearInterval(timer);
  };
}
