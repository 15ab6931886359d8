import { UnrecoverableError, type JobsOptions, type QueueOptions, type WorkerOptions } from 'bullmq';
import type { JsonObject } from '../../contracts/json.js';
import type { Logger } from '../../contracts/logger.js';
import type { EnqueueOptions, Job, JobQueue, JobQueues, JobWorker } from '../../contracts/queue.js';
import { isStoreUnavailable } from '../../contracts/store-unavailable.js';
import { guardPort } from '../store-guard.js';

/**
 * The queue port on BullMQ, whatever carries it. Four things differ from plain BullMQ:
 * job data travels as JSON text, because PostgreSQL's jsonb reorders keys and refuses U+0000;
 * an id of the port is BullMQ's deduplication id, because a job id would be taken for as long as a failed job of
 * that id is kept; the wait between attempts is exponential, but bounded; and a job that fails because a store is
 * away is tried again for as long as that lasts.
 */
export interface BullData {
  readonly json: string;
}

/** The parts of BullMQ's classes that are used; those of both backends fit. */
export interface BullQueue {
  add(name: string, data: BullData, options: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: BullData; opts: JobsOptions }[]): Promise<unknown>;
  getJobCountByTypes(...types: ('wait' | 'active' | 'delayed' | 'prioritized')[]): Promise<number>;
  getJobs(types: ('wait' | 'active' | 'delayed' | 'prioritized')[]): Promise<readonly BullQueuedJob[]>;
  drain(delayed: boolean): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface BullQueuedJob {
  readonly name: string;
  readonly data: BullData;
  remove(): Promise<void>;
}

export interface BullJob {
  readonly id?: string;
  readonly name: string;
  readonly data: BullData;
  readonly opts: JobsOptions;
  readonly attemptsMade: number;
  readonly deduplicationId?: string;
  /** Milliseconds of the epoch: when it was enqueued, and when a worker took it. */
  readonly timestamp?: number;
  readonly processedOn?: number;
}

export interface BullWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: BullJob | undefined, error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface BullBackend {
  openQueue(name: string, options: Pick<QueueOptions, 'streams'>): BullQueue;
  openWorker(name: string, process: (job: BullJob) => Promise<void>, options: BullWorkerOptions): BullWorker;
  /** Whether an error means that the backend itself cannot be reached. */
  isAway(error: unknown): boolean;
  /** Does what a queue is asked for as long as the backend can be reached; at once when absent. */
  readonly during?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Frees what the queues and workers shared. */
  close(): Promise<void>;
}

export type BullWorkerOptions = Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'settings'
>;

export interface RetryOptions {
  /** How often a job is tried in all; 10 unless told. */
  readonly attempts?: number;
  /** Milliseconds before the next attempt, by the number of failed ones; 0.5 s, doubling up to 30 s unless told. */
  readonly waitMs?: (failedAttempts: number) => number;
  readonly takeover?: Takeover;
}

/** How soon the jobs of a worker that died are taken over: after at most the two together. */
export interface Takeover {
  /** A job's lock, renewed by its worker twice in that time; 10 s unless told. */
  readonly lockMs: number;
  /** How often workers look for jobs whose lock ran out; 3 s unless told. */
  readonly checkEveryMs: number;
}

const TAKEOVER: Takeover = { lockMs: 10_000, checkEveryMs: 3_000 };
/** More attempts than anybody lives to see: a job whose store is away must not be dropped. */
const ENDLESS = 1_000_000_000;
/** A store that is back should not be waited for long. */
const LONGEST_WAIT_FOR_STORE_MS = 5_000;
const KEPT_FAILURES = { age: 7 * 24 * 3600, count: 1000 };
/** Nobody reads BullMQ's own event log here. */
const KEPT_EVENTS = 100;

function cappedWait(failedAttempts: number): number {
  return Math.min(30_000, 500 * 2 ** (failedAttempts - 1));
}

export function createBullQueues(
  backend: BullBackend,
  logger: Logger,
  { attempts = 10, waitMs = cappedWait, takeover = TAKEOVER }: RetryOptions = {},
): JobQueues {
  const queues = new Map<string, { readonly bull: BullQueue; readonly queue: JobQueue }>();
  const workers = new Set<JobWorker>();

  function optionsOf({ delayMs, id }: EnqueueOptions = {}): JobsOptions {
    return {
      attempts: ENDLESS,
      backoff: { type: 'capped' },
      removeOnComplete: true,
      removeOnFail: KEPT_FAILURES,
      ...(delayMs === undefined || delayMs <= 0 ? {} : { delay: Math.ceil(delayMs) }),
      ...(id === undefined ? {} : { deduplication: { id } }),
    };
  }

  function openQueue(name: string): JobQueue {
    const known = queues.get(name);
    if (known) return known.queue;
    const bull = backend.openQueue(name, { streams: { events: { maxLen: KEPT_EVENTS } } });
    bull.on('error', (error) => {
      logger.error({ err: error, queue: name }, 'a queue has trouble with its backend');
    });
    const isAway = (error: unknown): boolean => backend.isAway(error);
    const queue = guardPort('queue', isAway, createQueue(bull, optionsOf), backend.during);
    queues.set(name, { bull, queue });
    return queue;
  }

  function work(name: string, concurrency: number, process: (job: Job) => Promise<void>): JobWorker {
    const tryOnce = async (job: BullJob): Promise<void> => {
      try {
        await process(toJob(job));
      } catch (error) {
        if (isStoreUnavailable(error) || job.attemptsMade + 1 < attempts) throw error;
        throw gaveUp(error);
      }
    };
    const bull = backend.openWorker(name, tryOnce, {
      concurrency,
      lockDuration: takeover.lockMs,
      stalledInterval: takeover.checkEveryMs,
      maxStalledCount: 1000,
      settings: {
        backoffStrategy: (failed, _type, error) =>
          isStoreUnavailable(error) ? Math.min(waitMs(failed), LONGEST_WAIT_FOR_STORE_MS) : waitMs(failed),
      },
    });
    bull.on('error', (error) => {
      logger.error({ err: error, queue: name }, 'a worker has trouble with its backend');
    });
    bull.on('failed', (job, error) => {
      const fields = { err: error, queue: name, job: job && jobIdOf(job), attempt: job?.attemptsMade };
      if (error instanceof UnrecoverableError) logger.error(fields, 'a job failed for good');
      else logger.warn(fields, 'a job failed and is tried again');
    });
    const worker: JobWorker = {
      close: async () => {
        workers.delete(worker);
        await bull.close();
      },
    };
    workers.add(worker);
    return worker;
  }

  return {
    queue: openQueue,
    work,
    close: async () => {
      await Promise.all([...workers].map((worker) => worker.close()));
      await Promise.all([...queues.values()].map(({ bull }) => bull.close()));
      await backend.close();
    },
  };
}

function createQueue(bull: BullQueue, optionsOf: (options?: EnqueueOptions) => JobsOptions): JobQueue {
  return {
    enqueue: async (name, data, options) => {
      await bull.add(name, { json: JSON.stringify(data) }, optionsOf(options));
    },
    enqueueMany: async (jobs) => {
      if (jobs.length === 0) return;
      await bull.addBulk(
        jobs.map(({ name, data, options }) => ({
          name,
          data: { json: JSON.stringify(data) },
          opts: optionsOf(options),
        })),
      );
    },
    depth: () => bull.getJobCountByTypes('wait', 'active', 'delayed', 'prioritized'),
    jobs: async (having) => {
      const found = await queuedJobs(bull, ['wait', 'active', 'delayed', 'prioritized'], having);
      return found.map(({ job, data }) => ({ name: job.name, data }));
    },
    discard: async (having) => {
      for (const { job } of await queuedJobs(bull, ['wait', 'delayed', 'prioritized'], having)) {
        // One that a worker has taken meanwhile is locked: it goes its way.
        await job.remove().catch((error: unknown) => {
          if (isStoreUnavailable(error)) throw error;
        });
      }
    },
    clear: () => bull.drain(true),
  };
}

async function queuedJobs(
  bull: BullQueue,
  types: Parameters<BullQueue['getJobs']>[0],
  having: JsonObject,
): Promise<readonly { readonly job: BullQueuedJob; readonly data: JsonObject }[]> {
  // What ended while it was being read is left out, or is not there.
  const found = (await bull.getJobs(types)) as readonly (BullQueuedJob | undefined)[];
  return found.flatMap((job) => {
    if (job === undefined) return [];
    const data = JSON.parse(job.data.json) as JsonObject;
    return Object.entries(having).every(([name, value]) => data[name] === value) ? [{ job, data }] : [];
  });
}

function gaveUp(error: unknown): UnrecoverableError {
  const last = new UnrecoverableError(error instanceof Error ? error.message : String(error));
  last.cause = error;
  return last;
}

/** After a failed attempt it waits by the pauses between attempts: that is no lag. */
function waitedFor({ attemptsMade, timestamp, processedOn, opts }: BullJob): Pick<Job, 'waitedMs'> {
  if (attemptsMade > 0 || timestamp === undefined || processedOn === undefined) return {};
  return { waitedMs: Math.max(0, processedOn - timestamp - (opts.delay ?? 0)) };
}

function jobIdOf(job: BullJob): string {
  return job.opts.deduplication?.id ?? job.deduplicationId ?? job.id ?? '';
}

function toJob(job: BullJob): Job {
  return {
    id: jobIdOf(job),
    name: job.name,
    data: JSON.parse(job.data.json) as JsonObject,
    attemptsMade: job.attemptsMade,
    ...waitedFor(job),
  };
}
