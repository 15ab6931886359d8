import { textOf } from '../../contracts/json.js';
import type { Json } from '../../contracts/json.js';
import type { DurationValue, Timeout } from '../../contracts/workflow.js';
import { timer } from './ask.js';
import { addDuration } from './duration.js';
import type { FiberBody } from './fiber.js';
import type { Interpreter, Locals, TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { evaluateAt, isWrapped } from './variables.js';
import { standardError } from './workflow-error.js';

/** The instant at which a timeout strikes, counted from `from`; computed durations see `input` and `variables`. */
export function deadlineOf(
  it: Interpreter,
  place: TaskPlace,
  timeout: Timeout,
  from: string,
  input: Json,
  variables: () => Locals,
): string {
  const named = typeof timeout === 'string' ? it.document.use?.timeouts?.[timeout] : timeout;
  if (named === undefined) {
    throw standardError(
      'configuration',
      pointerOf(place.key),
      `There is no timeout named "${textOf(timeout)}" under use.timeouts.`,
    );
  }
  return instantAfter(it, place, named.after, from, input, variables);
}

/** `from` plus a literal or computed duration, as an ISO instant. */
export function instantAfter(
  it: Interpreter,
  place: TaskPlace,
  duration: DurationValue,
  from: string,
  input: Json,
  variables: () => Locals,
): string {
  const value = isWrapped(duration) ? evaluateAt(it, place, duration, input, variables()) : duration;
  const due = isDuration(value) ? addDuration(new Date(from), value) : undefined;
  if (due === undefined) {
    throw standardError(
      'expression',
      pointerOf(place.key),
      `${JSON.stringify(value)} is not a duration. Use ISO 8601, such as P30D or PT5M.`,
    );
  }
  return due.toISOString();
}

function isDuration(value: unknown): value is DurationValue {
  if (typeof value === 'string') return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((part) => part === undefined || typeof part === 'number')
  );
}

/** Runs a body until `due`; what is not done by then is cancelled, and `late` becomes the error. */
export function* within(
  it: Interpreter,
  key: string,
  due: string,
  body: FiberBody,
  late: () => Error,
): FiberBody {
  const result = (yield { kind: 'race', bodies: [() => body, () => timer(it, key, due)] }) as {
    readonly index: number;
    readonly output: Json;
  };
  if (result.index === 0) return result.output;
  throw late();
}
