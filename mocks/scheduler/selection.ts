import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { instantOf } from './answers.js';
import { idName, type Kind } from './kinds.js';
import { readItem, type Item, type SchedulerState } from './state.js';

/** Texts that are searched; every other member of a filter must be equal. */
const SEARCHED = new Set(['description', 'message_body', 'terms']);
/** What a range or an entity of a filter is about may lie in another item: the event of an appointment or an alert. */
const BY_EVENT = new Set(['appointment', 'alert_schedule']);

export async function fits(
  state: SchedulerState,
  kind: Kind,
  item: Item,
  filter: JsonObject,
): Promise<boolean> {
  for (const [name, wanted] of Object.entries(filter)) {
    if (wanted === undefined || name === 'from' || name === 'to') continue;
    if (name === idName(kind)) {
      if (!listOf(wanted).includes(item._id)) return false;
    } else if (kind.name === 'alert_schedule' && name === 'entity_id') {
      if ((await eventOf(state, item))?.details.host_entity_id !== wanted) return false;
    } else if (!matches(name, item.details[kind.renamed[name] ?? name], wanted)) return false;
  }
  return inRange(state, kind, item, filter);
}

function matches(name: string, have: Json | undefined, wanted: Json): boolean {
  if (isJsonObject(wanted))
    return (
      isJsonObject(have) &&
      Object.entries(wanted).every(([member, value]) => value === undefined || have[member] === value)
    );
  if (SEARCHED.has(name) && typeof have === 'string' && typeof wanted === 'string')
    return have.toLowerCase().includes(wanted.toLowerCase());
  return have === wanted;
}

/** Overlaps the range; things without a time of their own are not narrowed by it. */
async function inRange(state: SchedulerState, kind: Kind, item: Item, filter: JsonObject): Promise<boolean> {
  if (filter.from === undefined && filter.to === undefined) return true;
  const timed = kind.name === 'appointment' ? ((await eventOf(state, item))?.details ?? {}) : item.details;
  const begin = instantOf(kind.time === undefined ? timed.from : timed[kind.time]);
  const end = instantOf(kind.time === undefined ? timed.to : timed[kind.time]);
  if (Number.isNaN(begin) && Number.isNaN(end)) return kind.name === 'affiliation';
  return !(begin > instantOf(filter.to)) && !(end < instantOf(filter.from));
}

function eventOf(state: SchedulerState, item: Item): Promise<Item | undefined> {
  return readItem(state, 'event', item.details.event_id);
}

/** The details asked for (`..._details_required`), or all when none is. */
export async function shown(
  state: SchedulerState,
  kind: Kind,
  item: Item,
  required: JsonObject,
): Promise<JsonObject> {
  const wanted = Object.keys(required).filter((name) => required[name] === true);
  const id = required[idName(kind)] === false ? {} : { [idName(kind)]: item._id };
  if (wanted.length === 0) return { ...id, details: item.details };
  const names = wanted.flatMap((name) => (name === 'period' ? ['from', 'to'] : [kind.renamed[name] ?? name]));
  const entries = names.flatMap((name) => {
    const value = item.details[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const entity =
    BY_EVENT.has(kind.name) && wanted.includes('entity_id')
      ? (await eventOf(state, item))?.details.host_entity_id
      : undefined;
  return {
    ...id,
    details: { ...Object.fromEntries(entries), ...(entity === undefined ? {} : { entity_id: entity }) },
  };
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
