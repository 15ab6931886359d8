import type { Json } from '../../../contracts/json.js';
import { isJsonObject } from '../../../contracts/json.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { EventFilter, ListenTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { isTrue, variablesOf } from '../variables.js';

/** Waits for events; those that came earlier and were not consumed count too. OWS DSL 1.0.3, Listen. */
export function* performListen(work: TaskWork, task: ListenTask): FiberBody {
  const { begin, notes } = work;
  begin();
  const { to } = task.listen;
  const taken = yield {
    kind: 'listen',
    key: work.place.key,
    take: (events) => {
      if ('all' in to) return takeAll(work, to.all, events);
      const filters = 'any' in to ? to.any : [to.one];
      const found = firstMatch(work, filters, events, new Set());
      return found === undefined ? undefined : [found];
    },
  };
  const consumed = taken as unknown as readonly CloudEvent[];
  notes.consumed = consumed.map((event) => event.id);
  for (const { id } of consumed) work.it.memo.events.delete(id);
  return task.listen.read === 'envelope' ? consumed : consumed.map((event) => event.data ?? null);
}

function takeAll(
  work: TaskWork,
  filters: readonly EventFilter[],
  events: ReadonlyMap<string, CloudEvent>,
): Json | undefined {
  const used = new Set<string>();
  const found: CloudEvent[] = [];
  for (const filter of filters) {
    const event = firstMatch(work, [filter], events, used);
    if (event === undefined) return undefined;
    used.add(event.id);
    found.push(event);
  }
  return found;
}

function firstMatch(
  work: TaskWork,
  filters: readonly EventFilter[],
  events: ReadonlyMap<string, CloudEvent>,
  used: ReadonlySet<string>,
): CloudEvent | undefined {
  for (const event of events.values()) {
    if (!used.has(event.id) && filters.some((filter) => matches(work, filter, event))) return event;
  }
  return undefined;
}

/** Attributes are compared by equality, or by an expression over the attribute's own value. */
function matches({ it, place, input, startedAt }: TaskWork, filter: EventFilter, event: CloudEvent): boolean {
  return Object.entries(filter.with ?? {}).every(([name, wanted]) => {
    const actual = event[name] ?? null;
    if (typeof wanted === 'string' && wanted.trim().startsWith('${')) {
      try {
        const program = wanted.trim().slice(2, -1);
        return isTrue(it.deps.evaluate(program, actual, variablesOf(it, place, { input, startedAt })));
      } catch {
        // A filter that fails on somebody else's event does not match it.
        return false;
      }
    }
    return sameJson(wanted ?? null, actual);
  });
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
