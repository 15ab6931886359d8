import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../contracts/logger.js';
import type { SharedOrder } from '../../contracts/shared-order.js';
import { closeRedis, connectRedis } from '../redis/connect.js';
import { createReach } from '../redis/reach.js';
import { guarded, isRedisAway } from '../store-guard.js';
import { whileHeld } from './held-key.js';

export interface RedisTurnsOptions {
  readonly url: string;
  readonly logger: Logger;
  /** How long a turn outlives a process that stopped in the middle of it, in milliseconds. */
  readonly ttlMs?: number;
  readonly prefix?: string;
}

const TTL_MS = 10_000;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 40;
/** Whoever was away for longer than that counts as somebody else. */
const REMEMBERED_SECONDS = 86_400;

/** 0: it is somebody else's turn; 1: mine, as the last one was; 2: mine, after another process. */
const TAKE = `
if not redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') then return 0 end
local last = redis.call('get', KEYS[2])
redis.call('set', KEYS[2], ARGV[3], 'EX', ARGV[4])
if last == ARGV[3] then return 1 end
return 2`;

/** Turns of all processes on one Redis. Whoever waits asks again after a moment. Raises GSB-CFG-007 without Redis. */
export async function createRedisTurns({
  url,
  logger,
  ttlMs = TTL_MS,
  prefix = 'gsb:turn:',
}: RedisTurnsOptions): Promise<SharedOrder & { close(): Promise<void> }> {
  const redis = await connectRedis(url, logger, { together: true });
  const during = createReach(redis);
  const me = randomUUID();

  async function begin(key: string, token: string): Promise<boolean> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      const taken = await guarded('locks', isRedisAway, () =>
        during(() => redis.eval(TAKE, 2, key, `${key}:last`, token, ttlMs, me, REMEMBERED_SECONDS)),
      );
      if (taken !== 0) return taken === 2;
      await sleep(pause);
    }
  }

  return {
    async take(name, work) {
      // In braces, so that a cluster keeps both keys together.
      const key = `${prefix}{${name}}`;
      const token = randomUUID();
      const passed = await begin(key, token);
      const held = { redis, during, key, token, ttlMs, what: `turn ${name}`, logger };
      await whileHeld(held, () => work(passed));
    },
    close: () => closeRedis(redis),
  };
}
