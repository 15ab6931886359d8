import { feature, type LanguageSection } from './language-feature.js';

/** What stands around the tasks, and what every task has. OWS DSL 1.0.3: Workflow, Use, Schedule, Task. */
export const documentSections: readonly LanguageSection[] = [
  {
    title: 'Document',
    features: [
      feature('document.dsl', 'document.dsl'),
      feature('document.namespace', 'document.namespace'),
      feature('document.name', 'document.name'),
      feature('document.version', 'document.version'),
      feature('document.title', 'document.title'),
      feature('document.summary', 'document.summary'),
      feature('document.tags', 'document.tags'),
      feature('document.metadata', 'document.metadata'),
      feature('evaluate.language', 'evaluate.language'),
      feature('evaluate.mode', 'evaluate.mode'),
      feature('timeout.workflow', 'timeout'),
    ],
  },
  {
    title: 'Data of the workflow',
    features: [
      feature('input.schema', 'input.schema'),
      feature('input.from', 'input.from'),
      feature('output.as', 'output.as'),
      feature('output.schema', 'output.schema'),
      feature('schema.format', 'schema.format'),
      feature('schema.resource', 'schema.resource'),
    ],
  },
  {
    title: 'Use',
    features: [
      feature('use.authentications', 'use.authentications'),
      feature('use.catalogs', 'use.catalogs'),
      feature('use.errors', 'use.errors'),
      feature('use.extensions', 'use.extensions'),
      feature('use.functions', 'use.functions'),
      feature('use.retries', 'use.retries'),
      feature('use.secrets', 'use.secrets'),
      feature('use.timeouts', 'use.timeouts'),
    ],
  },
  {
    title: 'Schedule',
    features: [
      feature('schedule.every', 'schedule.every'),
      feature('schedule.cron', 'schedule.cron'),
      feature('schedule.after', 'schedule.after'),
      feature('schedule.on', 'schedule.on'),
      feature('schedule.read', 'schedule.read'),
    ],
  },
  {
    title: 'Every task',
    features: [
      feature('task.if', 'if'),
      feature('task.input.schema', 'input.schema'),
      feature('task.input.from', 'input.from'),
      feature('task.output.as', 'output.as'),
      feature('task.output.schema', 'output.schema'),
      feature('task.export.as', 'export.as'),
      feature('task.export.schema', 'export.schema'),
      feature('task.timeout.inline', 'timeout.after'),
      feature('task.timeout.named', 'timeout (a name)'),
      feature('task.timeout.expression', 'timeout.after (an expression)'),
      feature('task.then.continue', 'then: continue'),
      feature('task.then.exit', 'then: exit'),
      feature('task.then.end', 'then: end'),
      feature('task.then.name', 'then (a name)'),
      feature('task.metadata', 'metadata'),
    ],
  },
  {
    title: 'Extensions',
    features: [
      feature('extension.extend', 'extend'),
      feature('extension.when', 'when'),
      feature('extension.before', 'before'),
      feature('extension.after', 'after'),
      feature('extension.exit', 'then: exit in before'),
    ],
  },
];
