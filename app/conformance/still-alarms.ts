import type { JobQueue, JobQueues } from '../../contracts/queue.js';

/**
 * Queues in which no alarm rings by itself: where the clock stands, a timer fires when the clock is moved to it, and
 * an alarm in real time would only look, and set itself again.
 */
export function withStillAlarms(queues: JobQueues, timerQueue: string): JobQueues {
  const still = (queue: JobQueue): JobQueue => ({
    enqueue: (name, data, options) =>
      isLater(options) ? Promise.resolve() : queue.enqueue(name, data, options),
    enqueueMany: (jobs) => queue.enqueueMany(jobs.filter(({ options }) => !isLater(options))),
    depth: () => queue.depth(),
    jobs: (having) => queue.jobs(having),
    discard: (having) => queue.discard(having),
    clear: () => queue.clear(),
  });
  return {
    ...queues,
    queue: (name) => (name === timerQueue ? still(queues.queue(name)) : queues.queue(name)),
  };
}

const isLater = (options: { readonly delayMs?: number } | undefined): boolean => (options?.delayMs ?? 0) > 0;
