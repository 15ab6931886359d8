import { createPostgresBackend, withBackend } from 'bullmq';
import type { Logger } from '../../../contracts/logger.js';
import type { JobQueues } from '../../../contracts/queue.js';
import type { EmbeddedDatabase } from '../../embedded/database.js';
import { EmbeddedPgPool } from '../../embedded/pg-pool.js';
import { isDatabaseAway } from '../../store-guard.js';
import { type BullData, createBullQueues, type RetryOptions } from '../bull-queues.js';

export interface EmbeddedQueuesOptions {
  readonly database: EmbeddedDatabase;
  readonly logger: Logger;
  readonly retry?: RetryOptions;
}

/** Notifications wake idle workers at once, so they need not look by themselves more often than this. */
const IDLE_LOOK_SECONDS = 600;

/**
 * BullMQ on the embedded database. Jobs that were in hand when the last process died are put back first: the lock
 * on the folder proves that nobody else works on them. Closing leaves the database open.
 */
export async function createEmbeddedQueues({
  database,
  logger,
  retry,
}: EmbeddedQueuesOptions): Promise<JobQueues> {
  await database.query(
    `UPDATE bullmq.job
     SET state = 'waiting', lock_token = NULL, locked_until_ms = NULL, stalled_marked = false
     WHERE state = 'active'`,
  );
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = new EmbeddedPgPool(database);
  return createBullQueues(
    {
      openQueue: (name, options) => new Queue<BullData>(name, { connection, ...options }),
      openWorker: (name, process, options) =>
        new Worker<BullData>(name, process, { connection, drainDelay: IDLE_LOOK_SECONDS, ...options }),
      isAway: isDatabaseAway,
      close: () => connection.end(),
    },
    logger,
    retry,
  );
}
