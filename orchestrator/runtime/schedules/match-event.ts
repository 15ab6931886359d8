import { isJsonObject, type Json } from '../../../contracts/json.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { EventConsumption, EventFilter } from '../../../contracts/workflow.js';
import type { EngineDeps } from '../../engine/index.js';

/** Values by the names of `correlate`, as an event gives them. */
export type Correlations = Readonly<Record<string, Json>>;

export type Evaluate = EngineDeps['evaluate'];

/**
 * Whether an event is what a filter asks for, outside of any run. Attributes are compared by equality, or by an expression
 * over the attribute's own value. Every correlation must be there, and as expected; what it was is the answer.
 * Undefined: another event. OWS DSL 1.0.3, Event Filter and Correlation.
 */
export function matchEvent(
  filter: EventFilter,
  event: CloudEvent,
  evaluate: Evaluate,
): Correlations | undefined {
  for (const [name, wanted] of Object.entries(filter.with ?? {})) {
    const actual = Object.hasOwn(event, name) ? (event[name] ?? null) : null;
    if (!isWanted(wanted ?? null, actual, evaluate)) return undefined;
  }
  const values: Record<string, Json> = {};
  for (const [name, { from, expect }] of Object.entries(filter.correlate ?? {})) {
    const value = tryEvaluate(evaluate, unwrapped(from), event);
    // An event that has no such value belongs to nothing.
    if (value === undefined || value === null) return undefined;
    if (expect !== undefined && !isExpected(expect, value, evaluate)) return undefined;
    values[name] = value;
  }
  return values;
}

/** Events of one group have the same values under the same names, exactly: "1" is not 1. */
export function agree(one: Correlations, other: Correlations): boolean {
  return Object.entries(one).every(
    ([name, value]) => !Object.hasOwn(other, name) || sameJson(value, other[name] ?? null),
  );
}

/** The filters of a strategy, in order. */
export function filtersOf(to: EventConsumption): readonly EventFilter[] {
  if ('all' in to) return to.all;
  return 'any' in to ? to.any : [to.one];
}

function sameJson(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const theirs = other as readonly Json[];
    return (
      one.length === theirs.length &&
      (one as readonly Json[]).every((item, index) => sameJson(item, theirs[index] ?? null))
    );
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameJson(one[name] ?? null, other[name] ?? null))
  );
}

function isWanted(wanted: Json, actual: Json, evaluate: Evaluate): boolean {
  if (!isExpression(wanted)) return sameJson(wanted, actual);
  const value = tryEvaluate(evaluate, unwrapped(wanted), actual);
  return value !== undefined && value !== null && value !== false;
}

function isExpected(expect: string, value: Json, evaluate: Evaluate): boolean {
  const expected = isExpression(expect) ? tryEvaluate(evaluate, unwrapped(expect), null) : expect;
  return expected !== undefined && sameJson(expected, value);
}

function isExpression(value: Json): value is string {
  return typeof value === 'string' && value.trim().startsWith('${');
}

function unwrapped(program: string): string {
  const text = program.trim();
  return text.startsWith('${') && text.endsWith('}') ? text.slice(2, -1) : text;
}

/** A filter that fails on somebody else's event does not match it. */
function tryEvaluate(evaluate: Evaluate, program: string, input: Json): Json | undefined {
  try {
    return evaluate(program, input, {});
  } catch {
    return undefined;
  }
}
