import type { Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { kindOfValue } from '../schema/shape.js';
import type { LintPorts } from './ports.js';
import { entriesOf, isMapping, tasksOf, type TaskSite } from './walk.js';

/** Cron expressions, JSON schemas, and what lies under `metadata.sandbox` where it has no effect. */
export function lintDetails(document: unknown, report: Report, ports: LintPorts): void {
  if (!isMapping(document)) return;
  lintSchedule(document['schedule'], report, ports);
  lintSchemas(document, [], report, ports);
  for (const site of tasksOf(document)) {
    lintSchemas(site.task, site.path, report, ports);
    if (isMapping(site.task['foreach']))
      lintSchemas(site.task['foreach'], [...site.path, 'foreach'], report, ports);
    lintMetadata(site, report);
    lintPortable(site, report);
  }
  const use = isMapping(document['use']) ? document['use'] : {};
  for (const [name, error] of entriesOf(use['errors'])) lintStatus(error, ['use', 'errors', name], report);
  lintFlowValues(document, [], report);
}

function lintSchedule(schedule: unknown, report: Report, ports: LintPorts): void {
  if (!isMapping(schedule)) return;
  const { cron } = schedule;
  if (Object.keys(schedule).length === 0) report.add('empty-schedule', ['schedule'], {}, 'key');
  if (typeof cron !== 'string') return;
  const reason = ports.checkCron(cron);
  if (reason !== undefined) report.add('bad-cron', ['schedule', 'cron'], { text: cron, reason });
}

function lintSchemas(
  holder: Readonly<Record<string, unknown>>,
  path: Path,
  report: Report,
  ports: LintPorts,
): void {
  for (const flow of ['input', 'output', 'export']) {
    const of = holder[flow];
    const schema = isMapping(of) && isMapping(of['schema']) ? of['schema']['document'] : undefined;
    const reason = schema === undefined ? undefined : ports.checkJsonSchema(schema);
    if (reason !== undefined)
      report.add('bad-json-schema', [...path, flow, 'schema', 'document'], { reason });
  }
}

function lintMetadata({ task, path }: TaskSite, report: Report): void {
  const metadata = task['metadata'];
  const sandbox = isMapping(metadata) ? metadata['sandbox'] : undefined;
  if (!isMapping(sandbox)) return;
  const misplaced = (name: string, reason: string, where: string): void =>
    report.add('misplaced-metadata', [...path, 'metadata', 'sandbox', name], { name, reason, where }, 'key');
  if ('concurrency' in sandbox && !('for' in task))
    misplaced('concurrency', 'Only the iterations of a for run side by side.', 'the for that is meant');
  if ('onItemError' in sandbox && !('for' in task && 'concurrency' in sandbox))
    misplaced('onItemError', 'Only a for with concurrency has items that fail by themselves.', 'such a for');
  if ('unclear' in sandbox && task['call'] !== 'openapi')
    misplaced('unclear', 'Only a call: openapi can be asked about.', 'the call that is meant');
}

/** What is taken here beyond the published schema: schema/parity.ts. */
function lintPortable({ task, path }: TaskSite, report: Report): void {
  const { for: loop, set, run, raise } = task;
  const items: unknown = isMapping(loop) ? loop['in'] : undefined;
  if (Array.isArray(items) && items.some((item) => !isMapping(item)))
    notPortable(
      [...path, 'for', 'in'],
      'A list written out holds more than mappings',
      "Write an expression: '${ [1, 2] }'.",
      report,
    );
  if (set !== undefined && typeof set !== 'string' && !isMapping(set))
    notPortable(
      [...path, 'set'],
      `set has ${kindOfValue(set)}`,
      "Write an expression, such as '${ [1, 2] }'.",
      report,
    );
  const input = isMapping(run) && isMapping(run['workflow']) ? run['workflow']['input'] : undefined;
  if (input !== undefined && !isMapping(input))
    notPortable(
      [...path, 'run', 'workflow', 'input'],
      `The input of a workflow is ${kindOfValue(input)}`,
      'Write a mapping of expressions.',
      report,
    );
  lintStatus(isMapping(raise) ? raise['error'] : undefined, [...path, 'raise', 'error'], report);
  lintFlowValues(task, path, report);
  if (isMapping(task['foreach'])) lintFlowValues(task['foreach'], [...path, 'foreach'], report);
}

function lintStatus(error: unknown, path: Path, report: Report): void {
  if (isMapping(error) && typeof error['status'] === 'string')
    notPortable([...path, 'status'], 'The status is a text', 'Write a number, such as 404.', report);
}

function lintFlowValues(holder: Readonly<Record<string, unknown>>, path: Path, report: Report): void {
  for (const [flow, member] of [
    ['input', 'from'],
    ['output', 'as'],
    ['export', 'as'],
  ] as const) {
    const of = holder[flow];
    const value = isMapping(of) ? of[member] : undefined;
    if (value === undefined || typeof value === 'string' || isMapping(value)) continue;
    const what = `${flow}.${member} is ${kindOfValue(value)}`;
    notPortable([...path, flow, member], what, 'Write an expression or a mapping.', report);
  }
}

function notPortable(path: Path, what: string, instead: string, report: Report): void {
  report.add('not-portable', path, { what, instead });
}
