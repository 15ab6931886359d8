import { Redis } from 'ioredis';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import { withoutPassword } from '../address.js';
import { errorText } from '../error-facts.js';

/** How long a service may take to answer at the start, in milliseconds. */
const PATIENCE_MS = 5_000;
/**
 * A server that owes an answer and is silent for so long is taken for lost: it hangs, or the network swallows what is
 * sent. Longer than the 10 s that BullMQ lets it wait for a job.
 */
const SILENCE_MS = 20_000;

export interface ConnectOptions {
  /** Sends what is asked for within one turn of the event loop together: for connections that many share. */
  readonly together?: boolean;
  /** Called whenever the connection is there again after it was lost. */
  readonly onReturn?: (() => void) | undefined;
}

/**
 * Connects, and makes sure that the server answers. Afterwards a lost connection is rebuilt for as long as it takes;
 * calls wait meanwhile, for as long as `createReach` lets them.
 * Raises GSB-CFG-007 when there is no answer within 5 s.
 */
export async function connectRedis(
  url: string,
  logger: Logger,
  { together = false, onReturn }: ConnectOptions = {},
): Promise<Redis> {
  let ready = false;
  let cause: unknown;
  const redis = new Redis(url, {
    lazyConnect: true,
    enableAutoPipelining: together,
    // BullMQ insists: a worker must wait for the server to come back, not give up.
    maxRetriesPerRequest: null,
    socketTimeout: SILENCE_MS,
    connectTimeout: PATIENCE_MS,
    retryStrategy: (attempt) => (ready ? Math.min(2_000, 50 * attempt) : null),
  });
  redis.on('error', (error: Error) => {
    cause = error;
    if (ready) logger.warn({ err: error }, 'Redis does not answer; trying again');
  });
  redis.on('ready', () => {
    if (ready) onReturn?.();
  });
  try {
    await redis.connect();
    await redis.ping();
    ready = true;
    return redis;
  } catch (error) {
    redis.disconnect();
    const why = errorText(cause ?? error);
    throw new SandboxError('GSB-CFG-007', {
      detail: `REDIS_URL names ${withoutPassword(url)}, which cannot be used: ${why}`,
      cause: error,
    });
  }
}

/** Ends the connection after what is under way; at once where there is none. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit().catch(() => redis.disconnect());
  else redis.disconnect();
}
