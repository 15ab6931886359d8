import type { JsonObject } from './json.js';

/** The queues of an installation: runs to advance, timers, what blocks do later, and what is tried again much later. */
export const ADVANCE_QUEUE = 'advance';
export const TIMER_QUEUE = 'timers';
export const BLOCK_QUEUE = 'blocks';
export const BLOCK_RETRIES_QUEUE = 'block-retries';
export const queueNames = [ADVANCE_QUEUE, TIMER_QUEUE, BLOCK_QUEUE, BLOCK_RETRIES_QUEUE] as const;

/**
 * What the runtime needs of BullMQ, so that it does not care which backend carries the jobs: Redis (any number
 * of workers) or PostgreSQL in process (PGlite). Delivery is at least once: processors are idempotent.
 */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly data: JsonObject;
  /** How often this job was tried before. */
  readonly attemptsMade: number;
  /** Milliseconds since it was due; absent where it was tried before, or nobody knows. */
  readonly waitedMs?: number;
}

export interface EnqueueOptions {
  /** Not before this many milliseconds of real time. */
  readonly delayMs?: number;
  /** A job with the same id that has not ended swallows this one. */
  readonly id?: string;
}

export interface JobQueue {
  enqueue(name: string, data: JsonObject, options?: EnqueueOptions): Promise<void>;
  enqueueMany(jobs: readonly { name: string; data: JsonObject; options?: EnqueueOptions }[]): Promise<void>;
  /** Jobs that wait, are delayed or are being worked on. */
  depth(): Promise<number>;
  /** Those jobs of `depth` whose data has these members. */
  jobs(having: JsonObject): Promise<readonly Pick<Job, 'name' | 'data'>[]>;
  /** Drops those of them that wait or are delayed. */
  discard(having: JsonObject): Promise<void>;
  /** Drops what waits and what is delayed: the reset of an installation. */
  clear(): Promise<void>;
}

export interface JobWorker {
  /** Stops taking jobs, waits for those in hand. */
  close(): Promise<void>;
}

export interface JobQueues {
  queue(name: string): JobQueue;
  work(name: string, concurrency: number, process: (job: Job) => Promise<void>): JobWorker;
  close(): Promise<void>;
}
