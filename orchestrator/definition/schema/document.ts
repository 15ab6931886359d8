import { z } from 'zod';
import { authenticationPolicy } from './authentication.js';
import { input, output, timeout, timeoutDefinition } from './data-flow.js';
import { endpoint } from './endpoint.js';
import { errorTemplate, retryPolicy } from './errors.js';
import { eventConsumption, readEvents } from './events.js';
import { duration, mapping, name, version } from './primitives.js';
import { shape, type Mistake } from './shape.js';
import { task, taskList } from './tasks.js';

/**
 * A whole workflow document, in our own words: Open Workflow Specification DSL 1.0.3. Where it differs from the
 * published JSON Schema on purpose: parity.ts. What the language has and this sandbox refuses: refused-tasks.ts.
 */
const dsl = z
  .string()
  .superRefine((found, context) => {
    if (/^1\.0\.\d+(-[0-9A-Za-z.-]+)?$/.test(found)) return;
    const mistake: Mistake = { diagnostic: 'unsupported-dsl', values: { found } };
    context.addIssue({ code: 'custom', message: 'unsupported', params: { mistake } });
  })
  .meta({ description: "The version of the language: '1.0.3'.", pattern: '^1\\.0\\.[0-9]+' });

const head = shape('documentHead', 'Which workflow this is.', {
  dsl,
  namespace: name.describe('The id of the use case.'),
  name: name.describe('The name of the workflow.'),
  version: version.describe('The version of this workflow; running instances stay on theirs.'),
  title: z.string().optional(),
  summary: z.string().optional().describe('What it does, and what its input is. Markdown.'),
  tags: mapping.optional(),
  metadata: mapping.optional(),
});

const extension = shape('extension', 'Tasks that run before and after all tasks of a kind.', {
  extend: z
    .enum([
      'call',
      'composite',
      'emit',
      'for',
      'listen',
      'raise',
      'run',
      'set',
      'switch',
      'try',
      'wait',
      'all',
    ])
    .describe('The kind of task; composite means do.'),
  when: z.string().optional().describe('jq: only if it holds.'),
  before: taskList.optional().describe('then: exit in here skips the extended task.'),
  after: taskList.optional(),
});

const use = shape('use', 'What the tasks refer to by name.', {
  authentications: z.record(z.string(), authenticationPolicy).optional(),
  catalogs: z
    .record(
      z.string(),
      shape('catalog', 'A folder with functions/<name>/<version>/function.yaml.', { endpoint }),
    )
    .optional(),
  errors: z.record(z.string(), errorTemplate).optional(),
  extensions: z
    .array(
      z
        .record(z.string(), extension)
        .refine((value) => Object.keys(value).length === 1, { error: 'exactly one name' })
        .meta({ minProperties: 1, maxProperties: 1 }),
    )
    .optional(),
  functions: z.record(z.string(), task).optional(),
  retries: z.record(z.string(), retryPolicy).optional(),
  secrets: z.array(z.string()).optional().describe('Names of secrets that the workflow may use.'),
  timeouts: z.record(z.string(), timeoutDefinition).optional(),
});

const schedule = shape('schedule', 'When the workflow starts by itself, on the clock of the workspace.', {
  every: duration.optional().describe('At this interval.'),
  cron: z.string().optional().describe('By a cron expression of five fields.'),
  after: duration.optional().describe('So long after it ended last.'),
  on: eventConsumption.optional().describe('When these events come; the input is their list.'),
  read: readEvents.optional(),
})
  .superRefine((value, context) => {
    if (typeof value !== 'object' || value === null || !('read' in value) || 'on' in value) return;
    const mistake: Mistake = { diagnostic: 'missing-property', values: { name: 'on' } };
    context.addIssue({ code: 'custom', message: 'read needs on', params: { mistake } });
  })
  .meta({ dependentRequired: { read: ['on'] } });

export const documentSchema = shape('workflow', 'A workflow of the GovStack sandbox.', {
  document: head,
  input: input.optional(),
  use: use.optional(),
  do: taskList,
  timeout: timeout.optional(),
  output: output.optional(),
  schedule: schedule.optional(),
  evaluate: shape('evaluate', 'How expressions are evaluated.', {
    language: z.literal('jq').optional(),
    mode: z.enum(['strict', 'loose']).optional(),
  }).optional(),
});
