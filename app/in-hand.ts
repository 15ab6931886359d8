import type { JobQueues } from '../contracts/queue.js';

/** Queues that know how many jobs this process has in hand. */
export function countInHand(queues: JobQueues): { readonly queues: JobQueues; readonly jobs: () => number } {
  let inHand = 0;
  return {
    jobs: () => inHand,
    queues: {
      ...queues,
      work: (queue, concurrency, process) =>
        queues.work(queue, concurrency, async (job) => {
          inHand += 1;
          try {
            await process(job);
          } finally {
            inHand -= 1;
          }
        }),
    },
  };
}
