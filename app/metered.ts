import type { BlockOutcome, Metrics } from '../contracts/metrics.js';
import type { JobQueues } from '../contracts/queue.js';
import type { Deliver } from '../mocks/information-mediator/ports.js';

/** Queues whose workers tell how long jobs waited and took. */
export function meteredQueues(queues: JobQueues, metrics: Pick<Metrics, 'job'>): JobQueues {
  return {
    ...queues,
    work: (queue, concurrency, process) =>
      queues.work(queue, concurrency, async (job) => {
        const begun = performance.now();
        let failed = true;
        try {
          await process(job);
          failed = false;
        } finally {
          const seconds = (performance.now() - begun) / 1000;
          const { waitedMs } = job;
          const waited = waitedMs === undefined ? {} : { waited: waitedMs / 1000 };
          metrics.job({ queue, failed, seconds, ...waited });
        }
      }),
  };
}

/** How long blocks take to answer, whatever is bound to them. */
export function meteredDeliver(deliver: Deliver, metrics: Pick<Metrics, 'blockCall'>): Deliver {
  return async (workspace, service, request, operationId) => {
    const begun = performance.now();
    let outcome: BlockOutcome = 'lost';
    try {
      const delivery = await deliver(workspace, service, request, operationId);
      if (delivery.kind === 'answered') outcome = classOf(delivery.response.status);
      return delivery;
    } finally {
      const seconds = (performance.now() - begun) / 1000;
      metrics.blockCall({ block: service.block, operation: operationId, outcome, seconds });
    }
  };
}

function classOf(status: number): BlockOutcome {
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}
