import type { Json } from '../../../contracts/json.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { EventConsumption, Schedule } from '../../../contracts/workflow.js';
import { agree, filtersOf, matchEvent, type Correlations, type Evaluate } from './match-event.js';

/** Events that belong together and do not yet make a start: what a strategy of `all`, or `any` with `until`, waits for. */
export interface EventGroup {
  readonly correlations: Correlations;
  /** With the index of the filter that took each, in the order of arrival. */
  readonly taken: readonly { readonly filter: number; readonly event: CloudEvent }[];
  /** Of an `until` that is a strategy of its own. */
  readonly ending?: EventGroup;
}

export interface Gathered {
  readonly groups: readonly EventGroup[];
  /** The events of a group that is complete, in the order that a workflow sees them. */
  readonly complete?: readonly CloudEvent[];
}

/**
 * Puts an event where it belongs. `all`: into the first group that lacks it and agrees with its correlations; a group is
 * complete when each filter has its event. `any` with `until`: into the first group that agrees; the group is complete when
 * the expression, over the array of what was read, is true, or the ending events have come. Undefined: it does not belong here.
 */
export function gather(
  schedule: Schedule & { readonly on: EventConsumption },
  groups: readonly EventGroup[],
  event: CloudEvent,
  evaluate: Evaluate,
): Gathered | undefined {
  const { on } = schedule;
  if ('all' in on) return gatherAll(on, groups, event, evaluate);
  if ('any' in on && on.until !== undefined)
    return gatherUntil({ ...schedule, on: { ...on, until: on.until } }, groups, event, evaluate);
  return matchesAny(on, event, evaluate) === undefined ? undefined : { groups, complete: [event] };
}

/** Whether a strategy can keep events back; otherwise each event makes a start by itself. */
export function gathers(on: EventConsumption): boolean {
  return 'all' in on ? on.all.length > 1 : 'any' in on && on.until !== undefined;
}

/** What the workflow sees of an event. */
export function readEvent(read: Schedule['read'], event: CloudEvent): Json {
  return read === 'envelope' ? event : (event.data ?? null);
}

function gatherAll(
  on: EventConsumption,
  groups: readonly EventGroup[],
  event: CloudEvent,
  evaluate: Evaluate,
): Gathered | undefined {
  const fits = filtersOf(on).flatMap((filter, index) => {
    const correlations = matchEvent(filter, event, evaluate);
    return correlations === undefined ? [] : [{ filter: index, correlations }];
  });
  const [first] = fits;
  if (first === undefined) return undefined;
  for (const [at, group] of groups.entries()) {
    const place = fits.find(
      ({ filter, correlations }) =>
        !group.taken.some((taken) => taken.filter === filter) && agree(correlations, group.correlations),
    );
    if (place === undefined) continue;
    const grown: EventGroup = {
      correlations: { ...group.correlations, ...place.correlations },
      taken: [...group.taken, { filter: place.filter, event }],
    };
    if (grown.taken.length < filtersOf(on).length) return { groups: groups.with(at, grown) };
    const inOrder = grown.taken.toSorted((one, other) => one.filter - other.filter);
    return { groups: groups.toSpliced(at, 1), complete: inOrder.map((taken) => taken.event) };
  }
  const begun: EventGroup = {
    correlations: first.correlations,
    taken: [{ filter: first.filter, event }],
  };
  return filtersOf(on).length === 1 ? { groups, complete: [event] } : { groups: [...groups, begun] };
}

function gatherUntil(
  schedule: Schedule & { readonly on: EventConsumption & { readonly until: string | EventConsumption } },
  groups: readonly EventGroup[],
  event: CloudEvent,
  evaluate: Evaluate,
): Gathered | undefined {
  const { on, read } = schedule;
  const correlations = matchesAny(on, event, evaluate);
  const found =
    correlations === undefined ? -1 : groups.findIndex((group) => agree(correlations, group.correlations));
  const before: EventGroup = groups[found] ?? { correlations: {}, taken: [] };
  const grown: EventGroup =
    correlations === undefined
      ? before
      : {
          ...before,
          correlations: { ...before.correlations, ...correlations },
          taken: [...before.taken, { filter: 0, event }],
        };
  const keep = (group: EventGroup): readonly EventGroup[] =>
    found < 0 ? [...groups, group] : groups.with(found, group);
  const done = (group: EventGroup): Gathered => ({
    groups: found < 0 ? groups : groups.toSpliced(found, 1),
    complete: group.taken.map((taken) => taken.event),
  });
  if (typeof on.until === 'string') {
    if (correlations === undefined) return undefined;
    const events = grown.taken.map((taken) => readEvent(read, taken.event));
    return isMet(on.until, events, evaluate) ? done(grown) : { groups: keep(grown) };
  }
  return endedBy(on.until, { groups, event, evaluate, found, grown, keep });
}

/** An event may be taken and be what ends the group at once. What ends nothing and is not taken does not belong here. */
function endedBy(
  until: EventConsumption,
  parts: {
    readonly groups: readonly EventGroup[];
    readonly event: CloudEvent;
    readonly evaluate: Evaluate;
    readonly found: number;
    readonly grown: EventGroup;
    readonly keep: (group: EventGroup) => readonly EventGroup[];
  },
): Gathered | undefined {
  const { groups, event, evaluate, found, grown, keep } = parts;
  const taken = grown.taken.some((one) => one.event === event);
  const target = taken ? found : groups.findIndex(({ taken: some }) => some.length > 0);
  const group = taken ? grown : groups[target];
  if (group === undefined) return undefined;
  const ending = gather({ on: until }, group.ending === undefined ? [] : [group.ending], event, evaluate);
  if (ending?.complete !== undefined) {
    return {
      groups: target < 0 ? groups : groups.toSpliced(target, 1),
      complete: group.taken.map((one) => one.event),
    };
  }
  const [kept] = ending?.groups ?? [];
  if (kept === undefined && !taken) return undefined;
  const next: EventGroup = kept === undefined ? group : { ...group, ending: kept };
  return { groups: taken ? keep(next) : groups.with(target, next) };
}

function matchesAny(on: EventConsumption, event: CloudEvent, evaluate: Evaluate): Correlations | undefined {
  const filters = filtersOf(on);
  // An empty list takes any event.
  if (filters.length === 0 && 'any' in on) return {};
  for (const filter of filters) {
    const correlations = matchEvent(filter, event, evaluate);
    if (correlations !== undefined) return correlations;
  }
  return undefined;
}

function isMet(until: string, events: readonly Json[], evaluate: Evaluate): boolean {
  const text = until.trim();
  const program = text.startsWith('${') && text.endsWith('}') ? text.slice(2, -1) : text;
  try {
    const value = evaluate(program, events, {});
    return value !== null && value !== false;
  } catch {
    return false;
  }
}
