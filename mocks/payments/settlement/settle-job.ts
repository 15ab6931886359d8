import type { ScheduledJob } from '../../kit/contract-block.js';

/** The job that brings a batch forward; each round has an id of its own, so that a running one is never replaced. */
export function settleJob(batchId: string, round: number, milliseconds: number): ScheduledJob {
  return {
    job: { id: `settle/${batchId}/${round}`, name: 'settle', data: { batchId, round } },
    time: { kind: 'after', milliseconds },
  };
}
