import type { Json } from '../../contracts/json.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import type { Authorization, Interpreter, Locals, TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import type { Frame } from './frame.js';
import { resolveLoosely } from './loose.js';
import { standardError } from './workflow-error.js';

/** What the expressions of a task see, beside what the run offers to all. */
export interface TaskVariables {
  /** `$task.input` */
  readonly rawInput: Json;
  /** `$input` */
  readonly input: Json;
  /** `$task.output` */
  readonly rawOutput?: Json;
  /** `$output` */
  readonly output?: Json;
  readonly startedAt: string;
  readonly context: Json;
  /** Handed to `input.from` and to a call's `with`, to nothing else. */
  readonly secrets?: Readonly<Record<string, Json>>;
  readonly authorization?: Authorization | undefined;
}

/**
 * The runtime expression arguments of a task, OWS DSL 1.0.3, Runtime Expressions. One literal, because this is made for
 * each expression: spreading objects into it takes many times as long.
 */
export function variablesOf(it: Interpreter, place: TaskPlace, task: TaskVariables): Record<string, Json> {
  const { workflow, runtime } = it.descriptors;
  const variables: Record<string, Json> = {
    context: task.context,
    input: task.input,
    output: task.output ?? null,
    workflow,
    runtime,
    secrets: task.secrets ?? {},
    authorization: task.authorization === undefined ? null : { ...task.authorization },
    task: place.extended ?? describe(place, task),
    __now: Date.parse(task.startedAt) / 1000,
  };
  for (const [name, value] of Object.entries(place.locals)) {
    if (!TASKS_OWN.has(name)) variables[name] = value;
  }
  return variables;
}

/** What no variable of a loop or a catch hides. */
const TASKS_OWN: ReadonlySet<string> = new Set(['input', 'output', 'secrets', 'authorization', 'task']);

/** `$task`, OWS DSL 1.0.3, Task Descriptor. */
export function describe(
  place: TaskPlace,
  { rawInput, rawOutput, startedAt }: Pick<TaskVariables, 'rawInput' | 'rawOutput' | 'startedAt'>,
): Record<string, Json> {
  return {
    name: place.name,
    reference: pointerOf(place.key),
    definition: place.task as unknown as Json,
    input: rawInput,
    output: rawOutput ?? null,
    startedAt: instant(startedAt),
  };
}

/** What expressions of the workflow itself see; `now` is the instant `at`. */
export function runVariables(
  it: Interpreter,
  context: Json,
  at: string,
  secrets: Readonly<Record<string, Json>> = {},
): Record<string, Json> {
  return {
    context,
    input: null,
    output: null,
    ...it.descriptors,
    secrets,
    authorization: null,
    __now: Date.parse(at) / 1000,
  };
}

/** `$workflow` and `$runtime`, OWS DSL 1.0.3, Workflow Descriptor and Runtime Descriptor. Documents are referred to, not copied. */
export function descriptorsOf(
  run: Interpreter['run'],
  document: WorkflowDocument,
  { input, startedAt }: Pick<Frame, 'input' | 'startedAt'>,
): Interpreter['descriptors'] {
  return {
    workflow: {
      id: run.id,
      definition: document as unknown as Json,
      input,
      startedAt: instant(startedAt),
    },
    runtime: { name: 'govstack-sandbox', version: '0.1.0', metadata: run.metadata },
  };
}

/** OWS DSL 1.0.3, DateTime Descriptor. */
function instant(iso8601: string): Json {
  const milliseconds = Date.parse(iso8601);
  return { iso8601, epoch: { seconds: Math.floor(milliseconds / 1000), milliseconds } };
}

/** One expression, bare or in `${ }`. Throws the standard error of expressions. */
export function evaluateAt(
  it: Interpreter,
  place: TaskPlace,
  program: string,
  input: Json,
  variables: Locals,
): Json {
  try {
    return it.deps.evaluate(unwrapped(program), input, variables);
  } catch (error) {
    throw standardError('expression', pointerOf(place.key), messageOf(error));
  }
}

/** A template, or (as `from`, `as`, `set` allow) one bare expression. */
export function resolveAt(
  it: Interpreter,
  place: TaskPlace,
  template: Json,
  input: Json,
  variables: Locals,
  bare: boolean,
): Json {
  if (bare && typeof template === 'string') return evaluateAt(it, place, template, input, variables);
  if (it.document.evaluate?.mode === 'loose') return resolveLoosely(it.deps, template, input, variables);
  try {
    return it.deps.resolve(template, input, variables);
  } catch (error) {
    throw standardError('expression', pointerOf(place.key), messageOf(error));
  }
}

/** jq's truth: everything but false and null. */
export function isTrue(value: Json): boolean {
  return value !== false && value !== null;
}

/** Whether a text of the document asks to be evaluated. */
export function isWrapped(text: Json | undefined): text is string {
  if (typeof text !== 'string') return false;
  const trimmed = text.trim();
  return trimmed.startsWith('${') && trimmed.endsWith('}');
}

export function unwrapped(program: string): string {
  const text = program.trim();
  return text.startsWith('${') && text.endsWith('}') ? text.slice(2, -1) : text;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
