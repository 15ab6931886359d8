import type { Logger } from '../contracts/logger.js';
import type { SharedOrder } from '../contracts/shared-order.js';

export interface OpenOrder {
  readonly order: SharedOrder | undefined;
  readonly close: () => Promise<void>;
}

/** Turns of all processes on one Redis; none where nobody else can be there. */
export async function openOrder(options: {
  readonly redisUrl: string | undefined;
  readonly logger: Logger;
}): Promise<OpenOrder> {
  const { redisUrl, logger } = options;
  if (redisUrl === undefined) return { order: undefined, close: () => Promise.resolve() };
  const { createRedisTurns } = await import('../infra/locks/redis-turns.js');
  const order = await createRedisTurns({ url: redisUrl, logger });
  return { order, close: () => order.close() };
}
