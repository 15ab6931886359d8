import { randomUUID } from 'node:crypto';
import type { Clock, WorkspaceClocks } from '../contracts/clock.js';
import type { Correlation } from '../contracts/correlation.js';
import type { Digest } from '../contracts/digest.js';
import type { Journal } from '../contracts/journal.js';
import { ADVANCE_QUEUE, BLOCK_QUEUE, queueNames, type JobQueues } from '../contracts/queue.js';
import { createPrometheusMetrics, type PrometheusMetrics } from '../infra/metrics/prometheus.js';
import { createAuditLog } from '../orchestrator/workspaces/audit-log.js';
import type { SandboxConfig } from './config.js';
import { createDrain } from './front-door/drain.js';
import type { Operations } from './front-door/front-door.js';

/** Measures of this process, with the depth of every queue of the installation. */
export function openMetrics(queues: JobQueues): PrometheusMetrics {
  return createPrometheusMetrics({
    depths: async () =>
      Object.fromEntries(
        await Promise.all(queueNames.map(async (name) => [name, await queues.queue(name).depth()] as const)),
      ),
  });
}

/** Jobs of runs and blocks that wait, or are to be tried again; timers are not among them, which wait for their day. */
export async function queuedJobs(queues: JobQueues): Promise<number> {
  const names = [ADVANCE_QUEUE, BLOCK_QUEUE];
  const depths = await Promise.all(names.map((name) => queues.queue(name).depth()));
  return depths.reduce((sum, depth) => sum + depth, 0);
}

/** What those who operate the sandbox look at. */
export function openOperations(deps: {
  readonly config: Pick<SandboxConfig, 'metricsToken'>;
  readonly correlation: Correlation;
  readonly metrics: PrometheusMetrics;
  readonly journal: Journal;
  readonly realClock: Clock;
  readonly clocks: WorkspaceClocks;
  readonly digest: Digest;
}): Operations {
  const { config, correlation, metrics, digest } = deps;
  return {
    correlation,
    // The form of a trace id, so that it travels as `traceparent` too.
    newCorrelation: () => randomUUID().replaceAll('-', ''),
    metrics,
    metricsToken: config.metricsToken,
    drain: createDrain(),
    audit: createAuditLog(deps),
    nameOf: (subject) => digest.keyed(`log:${subject}`).slice(0, 16),
  };
}
