import { isJsonObject, type Json } from '../../contracts/json.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import type { EventFilter } from '../../contracts/workflow.js';
import type { Locals } from './interpreter.js';
import type { TaskWork } from './task-work.js';
import { isWrapped, unwrapped } from './variables.js';

/** Correlation values by name: what the first event bound, the others of the same listen must have. */
export type Bindings = Map<string, Json>;

/**
 * Whether an event fits a filter; what it binds for the first time is added to `bindings`. An expression that fails on
 * somebody else's event does not match it. OWS DSL 1.0.3, Event Filter and Correlation.
 */
export function fits(
  work: TaskWork,
  filter: EventFilter,
  event: CloudEvent,
  variables: Locals,
  bindings: Bindings,
): boolean {
  const same = Object.entries(filter.with ?? {}).every(([name, wanted]) =>
    attributeFits(work, wanted ?? null, event[name] ?? null, variables),
  );
  return same && correlates(work, filter, event, variables, bindings);
}

/**
 * An expression sees the attribute's own value: true or false decides, any other value must equal the attribute. What
 * is no expression must equal it, expressions inside it replaced.
 */
function attributeFits(work: TaskWork, wanted: Json, actual: Json, variables: Locals): boolean {
  const { deps } = work.it;
  const value = attempt(() =>
    isWrapped(wanted)
      ? deps.evaluate(unwrapped(wanted), actual, variables)
      : typeof wanted === 'object' && wanted !== null
        ? deps.resolve(wanted, work.input, variables)
        : wanted,
  );
  if (value === undefined) return false;
  if (isWrapped(wanted) && (typeof value === 'boolean' || value === null)) return value === true;
  return sameJson(value, actual);
}

/** Exact, and never by what is missing: an event without a value correlates with nothing. */
function correlates(
  work: TaskWork,
  filter: EventFilter,
  event: CloudEvent,
  variables: Locals,
  bindings: Bindings,
): boolean {
  const fresh: [string, Json][] = [];
  for (const [name, { from, expect }] of Object.entries(filter.correlate ?? {})) {
    const value = attempt(() => work.it.deps.evaluate(unwrapped(from), event as Json, variables));
    if (value === undefined || value === null) return false;
    const expected = expect === undefined ? bindings.get(name) : expectation(work, expect, variables);
    if (expected === undefined && expect === undefined) fresh.push([name, value]);
    else if (expected === undefined || !sameJson(expected, value)) return false;
  }
  for (const [name, value] of fresh) bindings.set(name, value);
  return true;
}

/** A constant, or an expression: in `${ }`, or bare when it begins as none of our constants does. */
function expectation(work: TaskWork, expect: string, variables: Locals): Json | undefined {
  if (!isWrapped(expect) && !/^\s*[.$(]/.test(expect)) return expect;
  return attempt(() => work.it.deps.evaluate(unwrapped(expect), work.input, variables));
}

function attempt<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}

function sameJson(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length &&
      one.every((item: Json, index) => sameJson(item, (other[index] ?? null) as Json))
    );
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => sameJson(one[name] ?? null, other[name] ?? null))
  );
}
