import type { Json } from '../../contracts/json.js';
import type { Interpreter, Locals, TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { standardError } from './workflow-error.js';

export interface TaskVariables {
  readonly input: Json;
  readonly output?: Json;
  readonly startedAt: string;
}

/**
 * The runtime expression arguments of a task, OWS DSL 1.0.3, Runtime Expressions. One literal, as this is done for each
 * expression: spreading objects into it takes twenty times as long.
 */
export function variablesOf(it: Interpreter, place: TaskPlace, task: TaskVariables): Record<string, Json> {
  const { input, output = null, startedAt } = task;
  const { workflow, runtime } = fixedVariables(it);
  const variables: Record<string, Json> = {
    context: it.memo.context,
    workflow,
    runtime,
    secrets: {},
    authorization: null,
    input,
    output,
    task: {
      name: place.name,
      reference: referenceOf(place),
      definition: place.task as unknown as Json,
      input,
      output,
      startedAt: { iso8601: startedAt },
    },
    __now: Date.parse(startedAt) / 1000,
  };
  for (const [name, value] of Object.entries(place.locals)) {
    if (!OWN_NAMES.has(name)) variables[name] = value;
  }
  return variables;
}

/** What no variable of a loop or a catch hides. */
const OWN_NAMES: ReadonlySet<string> = new Set(['input', 'output', 'task', '__now']);

export function runVariables(it: Interpreter): Record<string, Json> {
  const { workflow, runtime } = fixedVariables(it);
  return {
    context: it.memo.context,
    workflow,
    runtime,
    secrets: {},
    authorization: null,
    __now: it.now().getTime() / 1000,
  };
}

/** What stays the same as long as a run is in hand: made once, not for each of its expressions. */
const fixed = new WeakMap<Interpreter, FixedVariables>();

interface FixedVariables {
  readonly workflow: Json;
  readonly runtime: Json;
}

function fixedVariables(it: Interpreter): FixedVariables {
  const known = fixed.get(it);
  if (known !== undefined) return known;
  const fresh: FixedVariables = {
    workflow: {
      id: it.run.id,
      definition: it.document as unknown as Json,
      input: it.memo.input,
      startedAt: { iso8601: it.memo.startedAt },
    },
    runtime: { name: 'govstack-sandbox', version: '0.1.0', metadata: it.run.metadata },
  };
  fixed.set(it, fresh);
  return fresh;
}

const references = new WeakMap<TaskPlace, string>();

function referenceOf(place: TaskPlace): string {
  const known = references.get(place);
  if (known !== undefined) return known;
  const reference = pointerOf(place.key);
  references.set(place, reference);
  return reference;
}

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

function unwrapped(program: string): string {
  const text = program.trim();
  return text.startsWith('${') && text.endsWith('}') ? text.slice(2, -1) : text;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
