import type { JsonObject } from '../../../contracts/json.js';
import { instantOf, invalid } from '../answers.js';
import type { QryReader } from '../qry.js';
import { readItem, readItems, type Item, type SchedulerOperation, type SchedulerState } from '../state.js';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** bb-scheduler, /resource/availability: the range without the events of each resource's appointments. Working hours are not considered. */
export function resourceAvailability(readQry: QryReader): SchedulerOperation {
  return async (context) => {
    const filter = readQry(context).free_resource_filter as JsonObject;
    const range: Span = { from: instantOf(filter.from), to: instantOf(filter.to) };
    if (range.to < range.from) throw invalid('qry/free_resource_filter: to lies before from');
    const list: JsonObject[] = [];
    for (const resource of await resourcesOf(context.state, filter)) {
      const busy = await busySpans(context.state, resource);
      const free = freeSpans(range, busy).map(({ from, to }) => `${text(from)}to${text(to)}`);
      const name = resource.details.name;
      list.push({
        resource_id: resource._id,
        ...(name === undefined ? {} : { resource_name: name }),
        free_slots: free,
      });
    }
    return { status: 200, rule: 'listed', body: [list] };
  };
}

async function resourcesOf(state: SchedulerState, filter: JsonObject): Promise<readonly Item[]> {
  const { category, Entity_id: entity, resource_id: id } = filter;
  const affiliated =
    entity === undefined
      ? undefined
      : new Set(
          (await readItems(state, 'affiliation'))
            .filter(({ details }) => details.entity_id === entity)
            .map(({ details }) => details.resource_id),
        );
  return (await readItems(state, 'resource')).filter(
    (resource) =>
      (id === undefined || resource._id === id) &&
      (category === undefined || resource.details.category === category) &&
      (affiliated === undefined || affiliated.has(resource._id)),
  );
}

async function busySpans(state: SchedulerState, resource: Item): Promise<readonly Span[]> {
  const spans: Span[] = [];
  for (const { details } of await readItems(state, 'appointment', {
    'details.participant_id': resource._id,
  })) {
    const event =
      details.participant_type === 'resource' ? await readItem(state, 'event', details.event_id) : undefined;
    const span = { from: instantOf(event?.details.from), to: instantOf(event?.details.to) };
    if (!Number.isNaN(span.from) && !Number.isNaN(span.to)) spans.push(span);
  }
  return spans.sort((a, b) => a.from - b.from);
}

function freeSpans(range: Span, busy: readonly Span[]): readonly Span[] {
  const free: Span[] = [];
  let from = range.from;
  for (const span of busy) {
    if (span.from > from) free.push({ from, to: Math.min(span.from, range.to) });
    from = Math.max(from, span.to);
    if (from >= range.to) break;
  }
  if (from < range.to) free.push({ from, to: range.to });
  return free.filter((span) => span.from < span.to);
}

function text(instant: number): string {
  return new Date(instant).toISOString();
}
