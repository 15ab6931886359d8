import { textOf } from '../../contracts/json.js';
import type { Json } from '../../contracts/json.js';
import type { DurationValue, Timeout } from '../../contracts/workflow.js';
import { addDuration } from './duration.js';
import type { Interpreter, TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { evaluateAt, runVariables } from './variables.js';
import { standardError } from './workflow-error.js';

/** The instant at which a timeout strikes, counted from `startedAt`. */
export function deadlineOf(it: Interpreter, place: TaskPlace, timeout: Timeout, startedAt: string): string {
  const named = typeof timeout === 'string' ? it.document.use?.timeouts?.[timeout] : timeout;
  if (named === undefined) {
    throw standardError(
      'configuration',
      pointerOf(place.key),
      `There is no timeout named "${textOf(timeout)}" under use.timeouts.`,
    );
  }
  return instantAfter(it, place, named.after, startedAt, null);
}

/** `startedAt` plus a literal or computed duration, as an ISO instant. */
export function instantAfter(
  it: Interpreter,
  place: TaskPlace,
  duration: DurationValue,
  startedAt: string,
  input: Json,
): string {
  const value =
    typeof duration === 'string' && duration.trim().startsWith('${')
      ? evaluateAt(it, place, duration, input, { ...runVariables(it), ...place.locals, input })
      : duration;
  const due = addDuration(new Date(startedAt), value as DurationValue);
  if (due === undefined) {
    throw standardError(
      'expression',
      pointerOf(place.key),
      `${JSON.stringify(value)} is not a duration. Use ISO 8601, such as P30D or PT5M.`,
    );
  }
  return due.toISOString();
}
