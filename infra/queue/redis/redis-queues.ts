import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from '../../../contracts/logger.js';
import type { JobQueues } from '../../../contracts/queue.js';
import { type BullData, createBullQueues, type RetryOptions } from '../bull-queues.js';
import { closeRedis, connectRedis, type ConnectOptions } from '../../redis/connect.js';
import { createReach } from '../../redis/reach.js';
import { isRedisAway } from '../../store-guard.js';

export interface RedisQueuesOptions {
  readonly url: string;
  /** Start of all keys, so that several installations can share a server; `gsb:queue` unless told. */
  readonly prefix?: string;
  readonly logger: Logger;
  readonly retry?: RetryOptions;
  readonly onReturn?: ConnectOptions['onReturn'];
}

/** BullMQ on Redis, for any number of workers on any number of machines. Raises GSB-CFG-007 when it is not reachable. */
export async function createRedisQueues({
  url,
  prefix = 'gsb:queue',
  logger,
  retry,
  onReturn,
}: RedisQueuesOptions): Promise<JobQueues> {
  const connection: Redis = await connectRedis(url, logger, { onReturn });
  // Each queue and each worker adds listeners of its own to the shared connection.
  connection.setMaxListeners(0);
  return createBullQueues(
    {
      openQueue: (name, options) => new Queue<BullData>(name, { connection, prefix, ...options }),
      openWorker: (name, process, options) =>
        new Worker<BullData>(name, process, { connection, prefix, ...options }),
      isAway: isRedisAway,
      during: createReach(connection),
      close: () => closeRedis(connection),
    },
    logger,
    retry,
  );
}
