import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics, MetricsPage } from '../../contracts/metrics.js';

export interface PrometheusMetrics extends Metrics, MetricsPage {
  /** Every metric with its labels, for the documentation. */
  readonly described: readonly {
    readonly name: string;
    readonly help: string;
    readonly labels: readonly string[];
  }[];
  close(): Promise<void>;
}

export interface PrometheusOptions {
  /** Asked at each reading of the page: how many jobs wait or are in hand, by queue. */
  readonly depths?: () => Promise<Readonly<Record<string, number>>>;
}

const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const WAITING = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300];

/** Each process has a registry of its own; nothing is shared between two sandboxes of one process. */
export function createPrometheusMetrics({ depths }: PrometheusOptions = {}): PrometheusMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const runs = new Counter({
    name: 'sandbox_runs_total',
    help: 'Runs that were started, completed, faulted, cancelled or parked, by use case.',
    labelNames: ['use_case', 'event'] as const,
    registers,
  });
  const steps = new Histogram({
    name: 'sandbox_step_duration_seconds',
    help: 'How long performing a step took, by what is performed and what came of it.',
    labelNames: ['kind', 'outcome'] as const,
    buckets: FAST,
    registers,
  });
  const blocks = new Histogram({
    name: 'sandbox_block_call_duration_seconds',
    help: 'How long a building block took to answer the mediator; outcome is a class of statuses, or lost.',
    labelNames: ['block', 'operation', 'outcome'] as const,
    buckets: FAST,
    registers,
  });
  const requests = new Histogram({
    name: 'sandbox_http_request_duration_seconds',
    help: 'How long an HTTP request took, by route pattern; event streams are not counted.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: FAST,
    registers,
  });
  const waits = new Histogram({
    name: 'sandbox_queue_wait_seconds',
    help: 'How long a job waited after it was due, before a worker took it: the lag of its queue.',
    labelNames: ['queue'] as const,
    buckets: WAITING,
    registers,
  });
  const jobs = new Histogram({
    name: 'sandbox_queue_job_duration_seconds',
    help: 'How long a worker had a job in hand.',
    labelNames: ['queue', 'outcome'] as const,
    buckets: FAST,
    registers,
  });
  const removed = new Counter({
    name: 'sandbox_retention_runs_removed_total',
    help: 'Runs that were removed because they had ended long enough ago.',
    registers,
  });
  new Gauge({
    name: 'sandbox_queue_depth',
    help: 'Jobs that wait, are delayed or are in hand, asked when the page is read.',
    labelNames: ['queue'] as const,
    registers,
    async collect() {
      for (const [queue, depth] of Object.entries((await depths?.()) ?? {})) this.set({ queue }, depth);
    },
  });

  return {
    run: (useCase, event) => runs.inc({ use_case: useCase, event }),
    step: ({ kind, outcome, seconds }) => steps.observe({ kind, outcome }, seconds),
    blockCall: ({ block, operation, outcome, seconds }) =>
      blocks.observe({ block, operation, outcome }, seconds),
    request: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    job: ({ queue, failed, waited, seconds }) => {
      if (waited !== undefined) waits.observe({ queue }, waited);
      jobs.observe({ queue, outcome: failed ? 'failed' : 'done' }, seconds);
    },
    runsRemoved: (count) => removed.inc(count),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    described: registry.getMetricsAsArray().map((metric) => ({
      name: 'name' in metric ? metric.name : '',
      help: 'help' in metric ? metric.help : '',
      labels: 'labelNames' in metric ? (metric.labelNames as readonly string[]) : [],
    })),
    close: () => {
      registry.clear();
      return Promise.resolve();
    },
  };
}
