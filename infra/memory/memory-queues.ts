import type { EnqueueOptions, Job, JobQueue, JobQueues, JobWorker } from '../../contracts/queue.js';
import type { JsonObject } from '../../contracts/json.js';
import { type Logger, silentLogger } from '../../contracts/logger.js';

/** A job that failed for good, with its last error. */
export interface FailedJob {
  readonly queue: string;
  readonly job: Job;
  readonly error: unknown;
}

/** Queues for unit tests: real asynchronous processing, nothing survives the process. */
export interface MemoryQueues extends JobQueues {
  /**
   * Resolves when, in every queue that has a worker, no job waits or runs. Delayed jobs do not count.
   * Jobs enqueued by jobs do.
   */
  drain(): Promise<void>;
  readonly failures: readonly FailedJob[];
}

export interface MemoryQueuesOptions {
  /** How often a job is tried in all before it fails for good. Retries follow at once. */
  readonly attempts?: number;
  readonly logger?: Logger;
}

export function createMemoryQueues({
  attempts = 10,
  logger = silentLogger,
}: MemoryQueuesOptions = {}): MemoryQueues {
  const queues = new Map<string, MemoryQueue>();
  const failures: FailedJob[] = [];
  const drains = new Set<() => void>();

  function settle(): void {
    if ([...queues.values()].some((queue) => queue.isBusy())) return;
    for (const resolve of drains) resolve();
    drains.clear();
  }

  function open(name: string): MemoryQueue {
    const known = queues.get(name);
    if (known) return known;
    const queue = new MemoryQueue(attempts, settle, (job, error) => {
      failures.push({ queue: name, job, error });
      logger.error({ err: error, queue: name, job: job.id }, 'a job failed for good');
    });
    queues.set(name, queue);
    return queue;
  }

  return {
    queue: open,
    work: (name, concurrency, process) => open(name).addWorker(concurrency, process),
    drain: () =>
      new Promise((resolve) => {
        drains.add(resolve);
        setImmediate(settle);
      }),
    failures,
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

interface Worker {
  readonly concurrency: number;
  readonly process: (job: Job) => Promise<void>;
  readonly running: Set<Promise<void>>;
  readonly inHand: Set<Job>;
}

const fits =
  (having: JsonObject) =>
  ({ data }: Job): boolean =>
    Object.entries(having).every(([name, value]) => data[name] === value);

class MemoryQueue implements JobQueue {
  readonly #waiting: Job[] = [];
  readonly #delayed = new Map<Job, NodeJS.Timeout>();
  readonly #unended = new Set<string>();
  readonly #workers = new Set<Worker>();
  #active = 0;
  #lastId = 0;

  constructor(
    readonly attempts: number,
    readonly onSettled: () => void,
    readonly onFailed: (job: Job, error: unknown) => void,
  ) {}

  isBusy(): boolean {
    return this.#active > 0 || (this.#workers.size > 0 && this.#waiting.length > 0);
  }

  enqueue(name: string, data: JsonObject, { delayMs = 0, id }: EnqueueOptions = {}): Promise<void> {
    this.#lastId += 1;
    const job: Job = {
      id: id ?? String(this.#lastId),
      name,
      data: JSON.parse(JSON.stringify(data)) as JsonObject,
      attemptsMade: 0,
    };
    if (this.#unended.has(job.id)) return Promise.resolve();
    this.#unended.add(job.id);
    if (delayMs > 0) {
      const timer = setTimeout(() => {
        this.#delayed.delete(job);
        this.#wait(job);
      }, delayMs);
      this.#delayed.set(job, timer);
    } else {
      this.#wait(job);
    }
    return Promise.resolve();
  }

  async enqueueMany(jobs: Parameters<JobQueue['enqueueMany']>[0]): Promise<void> {
    for (const { name, data, options } of jobs) await this.enqueue(name, data, options);
  }

  depth(): Promise<number> {
    return Promise.resolve(this.#waiting.length + this.#delayed.size + this.#active);
  }

  jobs(having: JsonObject): Promise<readonly Job[]> {
    const active = [...this.#workers].flatMap(({ inHand }) => [...inHand]);
    return Promise.resolve([...this.#waiting, ...this.#delayed.keys(), ...active].filter(fits(having)));
  }

  discard(having: JsonObject): Promise<void> {
    const isMeant = fits(having);
    for (const job of this.#waiting.filter(isMeant)) {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      this.#unended.delete(job.id);
    }
    for (const [job, timer] of [...this.#delayed].filter(([job]) => isMeant(job))) {
      clearTimeout(timer);
      this.#delayed.delete(job);
      this.#unended.delete(job.id);
    }
    this.onSettled();
    return Promise.resolve();
  }

  clear(): Promise<void> {
    for (const job of this.#waiting.splice(0)) this.#unended.delete(job.id);
    for (const [job, timer] of this.#delayed) {
      clearTimeout(timer);
      this.#unended.delete(job.id);
    }
    this.#delayed.clear();
    this.onSettled();
    return Promise.resolve();
  }

  addWorker(concurrency: number, process: (job: Job) => Promise<void>): JobWorker {
    const worker: Worker = { concurrency, process, running: new Set(), inHand: new Set() };
    this.#workers.add(worker);
    setImmediate(() => {
      this.#dispatch();
    });
    return {
      close: async () => {
        this.#workers.delete(worker);
        await Promise.all(worker.running);
        this.onSettled();
      },
    };
  }

  async close(): Promise<void> {
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    const running = [...this.#workers].flatMap((worker) => [...worker.running]);
    this.#workers.clear();
    await Promise.all(running);
    this.onSettled();
  }

  #wait(job: Job): void {
    this.#waiting.push(job);
    setImmediate(() => {
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const worker of this.#workers) {
      while (worker.running.size < worker.concurrency) {
        const job = this.#waiting.shift();
        if (!job) return;
        this.#start(worker, job);
      }
    }
  }

  #start(worker: Worker, job: Job): void {
    this.#active += 1;
    worker.inHand.add(job);
    const run = this.#run(worker, job).finally(() => {
      worker.running.delete(run);
      worker.inHand.delete(job);
      this.#active -= 1;
      this.#dispatch();
      this.onSettled();
    });
    worker.running.add(run);
  }

  async #run(worker: Worker, job: Job): Promise<void> {
    try {
      await worker.process(job);
      this.#unended.delete(job.id);
    } catch (error) {
      const tried = { ...job, attemptsMade: job.attemptsMade + 1 };
      if (tried.attemptsMade < this.attempts) {
        this.#wait(tried);
      } else {
        this.#unended.delete(job.id);
        this.onFailed(tried, error);
      }
    }
  }
}
