import { randomUUID } from 'node:crypto';
import type { Clock, WorkspaceClocks } from '../contracts/clock.js';
import type { Correlation } from '../contracts/correlation.js';
import type { Digest } from '../contracts/digest.js';
import type { Journal } from '../contracts/journal.js';
import type { JobQueues } from '../contracts/queue.js';
import { createPrometheusMetrics, type PrometheusMetrics } from '../infra/metrics/prometheus.js';
import { ADVANCE_QUEUE } from '../orchestrator/runtime/signals.js';
import { TIMER_QUEUE } from '../orchestrator/runtime/timers.js';
import { createAuditLog } from '../orchestrator/workspaces/audit-log.js';
import type { SandboxConfig } from './config.js';
import { createDrain } from './front-door/drain.js';
import type { Operations } from './front-door/front-door.js';

export const BLOCK_QUEUE = 'blocks';
export const BLOCK_RETRIES_QUEUE = 'block-retries';

/** Measures of this process, with the depth of every queue of the installation. */
export function openMetrics(queues: JobQueues): PrometheusMetrics {
  const names = [ADVANCE_QUEUE, TIMER_QUEUE, BLOCK_QUEUE, BLOCK_RETRIES_QUEUE];
  return createPrometheusMetrics({
    depths: async () =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await queues.queue(name).depth()] as const)),
      ),
  });
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
