import type { Json } from '../../contracts/json.js';
import type { Interpreter, Locals, TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { standardError } from './workflow-error.js';

export interface TaskVariables {
  readonly input: Json;
  readonly output?: Json;
  readonly startedAt: string;
}

/** The runtime expression arguments of a task, OWS DSL 1.0.3, Runtime Expressions. */
export function variablesOf(it: Interpreter, place: TaskPlace, task: TaskVariables): Record<string, Json> {
  return {
    ...runVariables(it),
    ...place.locals,
    input: task.input,
    output: task.output ?? null,
    task: {
      name: place.name,
      reference: pointerOf(place.key),
      definition: place.task as unknown as Json,
      input: task.input,
      output: task.output ?? null,
      startedAt: { iso8601: task.startedAt },
    },
    __now: Date.parse(task.startedAt) / 1000,
  };
}

export function runVariables(it: Interpreter): Record<string, Json> {
  return {
    context: it.memo.context,
    workflow: {
      id: it.run.id,
      definition: it.document as unknown as Json,
      input: it.memo.input,
      startedAt: { iso8601: it.memo.startedAt },
    },
    runtime: { name: 'govstack-sandbox', version: '0.1.0', metadata: it.run.metadata },
    secrets: {},
    authorization: null,
    __now: it.now().getTime() / 1000,
  };
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
