import { createPrometheusMetrics } from '../../infra/metrics/prometheus.js';
import { code, page, table } from './markdown.js';

/** What `/metrics` shows. */
export function metricsPage(): string {
  const ours = createPrometheusMetrics().described.filter(({ name }) => name.startsWith('sandbox_'));
  return page('Metrics', '`infra/metrics/prometheus.ts`', [
    'What each process shows at `/metrics`, in the text format of Prometheus: who may read it is in [operate](../guides/operate.md#metrics). Durations are in seconds; those that end in `_seconds` are histograms, with `_bucket`, `_sum` and `_count`. No label holds an identifier of a workspace, case, run or person.',
    table(
      ['Name', 'Labels', 'What'],
      ours.map(({ name, labels, help }) => [code(name), labels.map(code).join(', '), help]),
    ),
    'Besides, those of the process and of Node.js: `process_…` (processor time, memory, open files, start) and `nodejs_…` (event loop lag, garbage collection, heap).',
  ]);
}
