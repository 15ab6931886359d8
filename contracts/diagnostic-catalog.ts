import type { DiagnosticDefinition } from './diagnostic-definition.js';
import { useCaseDiagnostics } from './diagnostics-of-use-cases.js';

/*
 * Everything that validation can say about a document, in one place. Diagnostics and `docs/reference/diagnostics.md` are
 * made from these texts. A code never changes its meaning.
 */
const reading = {
  'yaml-syntax': {
    group: 'reading',
    severity: 'error',
    what: 'This is no valid YAML: {reason}',
    why: 'The text cannot be read further than to this place.',
    fix: 'Correct the text here; indentation and unclosed quotes or brackets are the usual causes.',
  },
  'duplicate-key': {
    group: 'reading',
    severity: 'error',
    what: 'The key "{name}" stands here a second time',
    why: 'In a mapping each key counts once; which of the two would win is not defined.',
    fix: 'Remove or rename one of them.',
  },
  'tab-indentation': {
    group: 'reading',
    severity: 'error',
    what: 'A tab is used as indentation',
    why: 'YAML indents with spaces only.',
    fix: 'Replace the tab by spaces.',
  },
  'too-large': {
    group: 'reading',
    severity: 'error',
    what: 'The document is too large: {reason}',
    why: 'A document that takes the place of thousands would hold up everybody else.',
    fix: 'Split it into several workflows, or move data into forms and seeds.',
  },
  'too-deep': {
    group: 'reading',
    severity: 'error',
    what: 'Something is nested more than {limit} levels deep here',
    why: 'Nobody can read that, and it may be an alias that contains itself.',
    fix: 'Move the inner tasks into use.functions or a workflow of their own.',
  },
  'no-json-value': {
    group: 'reading',
    severity: 'error',
    what: '{value} is no value of JSON',
    why: 'Documents travel as JSON, which knows neither infinity nor "not a number".',
    fix: 'Write a number, or quote it if a text is meant.',
  },
  'reserved-key': {
    group: 'reading',
    severity: 'error',
    what: 'The name "{name}" is reserved',
    why: 'It means something to the JavaScript engine beneath, so it is never data here.',
    fix: 'Choose another name.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const shape = {
  'missing-property': {
    group: 'shape',
    severity: 'error',
    what: '"{name}" is missing',
    why: 'Without it, it is not defined what should happen here.',
    fix: 'Add "{name}".',
  },
  'unknown-property': {
    group: 'shape',
    severity: 'error',
    what: 'There is no property "{name}" here',
    why: 'The language has only these here: {known}. What it does not know would be silently ignored elsewhere.',
    fix: 'Correct or remove it{suggestion}.',
  },
  'wrong-type': {
    group: 'shape',
    severity: 'error',
    what: 'This must be {expected}, and is {found}',
    why: 'The language expects {expected} in this place.',
    fix: 'Write {expected}; quote the value if a text is meant.',
  },
  'wrong-value': {
    group: 'shape',
    severity: 'error',
    what: '{found} is not possible here',
    why: 'Only these values have a meaning: {known}.',
    fix: 'Use one of them{suggestion}.',
  },
  'wrong-format': {
    group: 'shape',
    severity: 'error',
    what: '{found} is not {expected}',
    why: 'This place takes {expected}.',
    fix: 'Write it in that form.',
  },
  'wrong-size': {
    group: 'shape',
    severity: 'error',
    what: 'This is {relation}',
    why: 'It must have {expected}.',
    fix: 'Add or remove entries, or leave the property out.',
  },
  'not-a-choice': {
    group: 'shape',
    severity: 'error',
    what: 'This is none of the things that may stand here',
    why: 'It must be {expected}.',
    fix: 'Write one of them{suggestion}.',
  },
  'several-choices': {
    group: 'shape',
    severity: 'error',
    what: 'Only one of {found} may stand here',
    why: 'Each of them alone decides what this is.',
    fix: 'Keep one of them; put the others elsewhere.',
  },
  'one-name-each': {
    group: 'shape',
    severity: 'error',
    what: 'This entry has {count} names: {names}',
    why: 'A list has one name for each entry, so that the order is certain.',
    fix: 'Begin each name with a dash of its own.',
  },
  'unsupported-dsl': {
    group: 'shape',
    severity: 'error',
    what: 'The document is written for the language version {found}',
    why: 'This sandbox runs the Open Workflow Specification DSL 1.0.x.',
    fix: "Write dsl: '1.0.3' and correct what it then reports.",
  },
  'not-portable': {
    group: 'shape',
    severity: 'warning',
    what: '{what}',
    why: "This sandbox takes it, but the specification's own schema does not: other runtimes may refuse the document.",
    fix: '{instead}',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const refused = {
  'refused-task': {
    group: 'refused',
    severity: 'error',
    what: '"{kind}" is refused',
    why: '{reason}',
    fix: '{instead}',
  },
  'outbound-call': {
    group: 'refused',
    severity: 'warning',
    what: 'This calls {host} by HTTP, past the information mediator',
    why: 'It only works where the operator allows that host (SANDBOX_OUTBOUND_HOSTS), and leaves no exchange in the message log.',
    fix: 'Call a building block with call: openapi and govstack://<service>/openapi.json, or tell operators about the host.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const names = {
  'unknown-name': {
    group: 'names',
    severity: 'error',
    what: 'There is no {kind} "{name}" under {where}',
    why: 'What is referred to by name must be declared in this document.',
    fix: 'Declare it under {where}, or correct the name{suggestion}.',
  },
  'unused-name': {
    group: 'names',
    severity: 'warning',
    what: 'The {kind} "{name}" is never used',
    why: 'Readers look for where it takes effect, and find nothing.',
    fix: 'Use it, or remove it.',
  },
  'unknown-function': {
    group: 'names',
    severity: 'error',
    what: 'There is no function "{name}"',
    why: 'A call names http, openapi, a function under use.functions, or name:version@catalog. {known}',
    fix: 'Correct the name{suggestion}.',
  },
  'misplaced-metadata': {
    group: 'names',
    severity: 'warning',
    what: '"{name}" has no effect here',
    why: '{reason}',
    fix: 'Move it to {where}, or remove it.',
  },
  'bad-cron': {
    group: 'names',
    severity: 'error',
    what: '"{text}" is no cron expression: {reason}',
    why: 'The schedule would never start the workflow.',
    fix: "Write five fields: minute, hour, day of month, month, day of week, such as '0 6 * * 1'.",
  },
  'bad-json-schema': {
    group: 'names',
    severity: 'error',
    what: 'This is no valid JSON Schema: {reason}',
    why: 'Nothing could be checked against it.',
    fix: 'Correct it by JSON Schema 2020-12.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const flow = {
  'unknown-target': {
    group: 'flow',
    severity: 'error',
    what: 'No task "{name}" stands in the same list',
    why: 'then leads to continue, exit, end, or a task beside this one: {known}.',
    fix: 'Correct the name{suggestion}, or move the task.',
  },
  'duplicate-task-name': {
    group: 'flow',
    severity: 'error',
    what: 'The list has another task "{name}"',
    why: 'then: {name} could mean either of them, and people could not tell them apart.',
    fix: 'Rename one of them.',
  },
  'unreachable-task': {
    group: 'flow',
    severity: 'warning',
    what: 'Nothing leads to "{name}"',
    why: 'The tasks before it always go elsewhere, and no then names it.',
    fix: 'Remove it, or let a then or a switch lead to it.',
  },
  'unreachable-case': {
    group: 'flow',
    severity: 'warning',
    what: 'The case "{name}" is never looked at',
    why: 'The case "{before}" before it has no when: it takes everything that comes so far.',
    fix: 'Put the case without a when last.',
  },
  'empty-schedule': {
    group: 'flow',
    severity: 'warning',
    what: 'The schedule says nothing',
    why: 'Without every, cron, after or on, the workflow is never started by it.',
    fix: 'Say when, or remove the schedule.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const expressions = {
  'bad-expression': {
    group: 'expressions',
    severity: 'error',
    what: 'The expression cannot be read: {reason}',
    why: 'A run would fault here with an expression error.',
    fix: 'Correct it by the manual of jq 1.8: {text}',
  },
  'unknown-variable': {
    group: 'expressions',
    severity: 'error',
    what: 'There is no variable ${name} here',
    why: 'Known here are {known}.',
    fix: 'Correct the name{suggestion}, or carry the value in $context with export.',
  },
  'secrets-out-of-place': {
    group: 'expressions',
    severity: 'error',
    what: '$secrets is not available here',
    why: 'Secrets reach only the arguments of a call and input.from, so that they never end in data that is kept.',
    fix: "Use $secrets in the call's with, where it is needed.",
  },
  'not-evaluated': {
    group: 'expressions',
    severity: 'warning',
    what: 'The text "{text}" looks like an expression, but is passed on as it stands',
    why: 'Here only a text that is wholly ${ ... } is evaluated.',
    fix: "If it is meant as an expression, write '${ {text} }'.",
  },
  'embedded-expression': {
    group: 'expressions',
    severity: 'warning',
    what: 'The ${ ... } inside this text is not evaluated',
    why: 'Only a text that is wholly one expression is evaluated; text around it makes it plain text.',
    fix: 'Join the parts inside one expression: \'${ "Dear " + .name }\'.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const resources = {
  'resource-outside': {
    group: 'resources',
    severity: 'error',
    what: '"{name}" lies outside the folder of the use case',
    why: 'Schemas and catalogs are read when the use case is loaded; nothing is fetched while it runs.',
    fix: 'Copy the file into the folder and name it by its path there, such as schemas/person.yaml.',
  },
  'resource-missing': {
    group: 'resources',
    severity: 'error',
    what: 'There is no file "{name}" in the folder',
    why: 'What a document refers to is read when it is loaded.',
    fix: 'Add the file, or correct the path{suggestion}.',
  },
  'resource-wrong': {
    group: 'resources',
    severity: 'error',
    what: 'The file "{name}" cannot be used here: {reason}',
    why: 'It becomes part of this document.',
    fix: 'Correct that file.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

export const diagnosticCatalog = {
  ...reading,
  ...shape,
  ...refused,
  ...names,
  ...flow,
  ...expressions,
  ...resources,
  ...useCaseDiagnostics,
};

export type DiagnosticCode = keyof typeof diagnosticCatalog;
