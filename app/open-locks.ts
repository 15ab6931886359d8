import type { Logger } from '../contracts/logger.js';
import type { RunLocks } from '../contracts/run-lock.js';
import { createLocalLocks } from '../orchestrator/runtime/local-locks.js';

export type OpenLocks = RunLocks & { close(): Promise<void> };

/** Locks of this process alone, or those of all processes on one Redis. */
export async function openLocks(options: {
  readonly redisUrl: string | undefined;
  readonly logger: Logger;
}): Promise<OpenLocks> {
  const { redisUrl, logger } = options;
  if (redisUrl === undefined) return { ...createLocalLocks(), close: () => Promise.resolve() };
  const { createRedisLocks } = await import('../infra/locks/redis-locks.js');
  return createRedisLocks({ url: redisUrl, logger });
}
