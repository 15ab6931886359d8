import type { Collection, Document, DocumentStore } from '../../../contracts/documents.js';
import type { Journal } from '../../../contracts/journal.js';
import type { Job, JobQueue, JobQueues } from '../../../contracts/queue.js';

/**
 * Kills a runtime at an exact place, without a process: each thing that it does to the world outside is a pair of
 * points, before and after. At the chosen point it dies: this call and every later one never returns, as after kill -9.
 */
export interface CrashPoints {
  /** Runs one deed of the runtime between its two points. */
  around<T>(name: string, deed: () => Promise<T>): Promise<T>;
  /** Resolves when the chosen point was reached. */
  readonly crashed: Promise<void>;
  dead(): boolean;
  /** The points passed so far, in order. */
  readonly passed: readonly string[];
}

/** `at` is the index of the point to die at; absent: it lives. */
export function createCrashPoints(at?: number): CrashPoints {
  const passed: string[] = [];
  let isDead = false;
  let die: () => void = () => undefined;
  const crashed = new Promise<void>((resolve) => (die = resolve));
  const point = async (name: string): Promise<void> => {
    if (!isDead) {
      if (passed.length === at) {
        isDead = true;
        die();
      }
      passed.push(name);
    }
    if (isDead) await new Promise<never>(() => undefined);
  };
  return {
    passed,
    crashed,
    dead: () => isDead,
    around: async (name, deed) => {
      await point(`before ${name}`);
      const result = await deed();
      await point(`after ${name}`);
      return result;
    },
  };
}

export function crashingJournal(journal: Journal, points: CrashPoints): Journal {
  return {
    ...journal,
    append: (stream, version, entries) =>
      points.around(`append to ${stream.split('/')[1] ?? stream}`, () =>
        journal.append(stream, version, entries),
      ),
    deleteByPrefix: (prefix) => points.around('delete streams', () => journal.deleteByPrefix(prefix)),
  };
}

export function crashingDocuments(documents: DocumentStore, points: CrashPoints): DocumentStore {
  return {
    ...documents,
    collection<T extends Document>(name: string, indexes?: readonly string[]): Collection<T> {
      const real = documents.collection<T>(name, indexes);
      const write = <R>(verb: string, deed: () => Promise<R>): Promise<R> =>
        points.around(`${verb} in ${name}`, deed);
      return {
        ...real,
        insert: (doc) => write('insert', () => real.insert(doc)),
        insertMany: (docs) => write('insert', () => real.insertMany(docs)),
        put: (doc) => write('put', () => real.put(doc)),
        putMany: (docs) => write('put', () => real.putMany(docs)),
        replace: (doc, version) => write('replace', () => real.replace(doc, version)),
        delete: (id) => write('delete', () => real.delete(id)),
      };
    },
  };
}

/** Jobs that were enqueued and not acknowledged, by queue: what a durable queue hands out again after a crash. */
export type KeptJobs = Map<string, KeptJobsOfQueue>;
type KeptJobsOfQueue = Map<
  number,
  { readonly name: string; readonly data: Job['data']; readonly late: boolean }
>;

/** `kept` remembers what was not acknowledged. */
export function crashingQueues(queues: JobQueues, points: CrashPoints, kept: KeptJobs): JobQueues {
  let last = 0;
  const jobsOf = (name: string): KeptJobsOfQueue => {
    const jobs: KeptJobsOfQueue = kept.get(name) ?? new Map();
    kept.set(name, jobs);
    return jobs;
  };
  const openQueue = (name: string): JobQueue => {
    const real = queues.queue(name);
    const enqueue: JobQueue['enqueue'] = (job, data, options) =>
      points.around(`enqueue ${name}`, async () => {
        last = Math.max(last, ...jobsOf(name).keys(), 0) + 1;
        jobsOf(name).set(last, { name: job, data, late: (options?.delayMs ?? 0) > 0 });
        await real.enqueue(job, { ...data, keptAs: last }, options);
      });
    return {
      ...real,
      enqueue,
      enqueueMany: async (jobs) => {
        for (const { name: job, data, options } of jobs) await enqueue(job, data, options);
      },
      depth: () => real.depth(),
      jobs: (having) => real.jobs(having),
      discard: (having) => real.discard(having),
      clear: () => real.clear(),
    };
  };
  return {
    queue: openQueue,
    work: (name, concurrency, process) =>
      queues.work(name, concurrency, async (job) => {
        const { keptAs, ...data } = job.data;
        await process({ ...job, data });
        await points.around('acknowledge', async () => void jobsOf(name).delete(Number(keptAs)));
      }),
    close: () => queues.close(),
  };
}
