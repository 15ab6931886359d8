import type { Json } from '../../contracts/json.js';
import type { DataFlow } from '../../contracts/workflow.js';
import type { Interpreter, Locals, TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { resolveAt } from './variables.js';
import { standardError } from './workflow-error.js';

/** `from` or `as`: an expression or a template; the value itself where there is none. */
export function transformed(
  it: Interpreter,
  place: TaskPlace,
  template: Json | undefined,
  value: Json,
  variables: () => Locals,
): Json {
  return template === undefined ? value : resolveAt(it, place, template, value, variables(), true);
}

/** Throws the standard validation error when the value does not fit. OWS DSL 1.0.3, Data Flow. */
export function checkSchema(
  it: Interpreter,
  flow: DataFlow | undefined,
  value: Json,
  what: string,
  instance: string,
): void {
  const schema = flow?.schema?.document;
  if (schema === undefined) return;
  const violation = it.deps.violation(schema, value);
  if (violation !== undefined) throw standardError('validation', instance, `${what}: ${violation}`);
}

/** The instance of a task's error. */
export function instanceOf(place: Pick<TaskPlace, 'key'>): string {
  return pointerOf(place.key);
}
