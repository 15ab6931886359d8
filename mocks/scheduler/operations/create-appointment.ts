import type { JsonObject } from '../../../contracts/json.js';
import type { OperationAnswer } from '../../kit/block-definition.js';
import { magicRefusal } from '../../kit/magic.js';
import { createdText, instantOf, invalid, mintId } from '../answers.js';
import { kinds } from '../kinds.js';
import { isFullByName } from '../outcomes.js';
import type { QryReader } from '../qry.js';
import { assertDetails } from '../references.js';
import { readItem, readItems, type Item, type SchedulerContext, type SchedulerOperation } from '../state.js';

/**
 * bb-scheduler, /appointment/new: one appointment for each event. Who has one for an event already keeps it. A full
 * event, and an exclusive appointment beside another at the same time, are refused; then none is made.
 */
export function createAppointment(readQry: QryReader): SchedulerOperation {
  return async (context) => {
    const { event_ids: eventIds, ...shared } = readQry(context).appointment_details as JsonObject & {
      event_ids: readonly string[];
    };
    const ids: string[] = [];
    const fresh: Item[] = [];
    for (const eventId of new Set(eventIds)) {
      const event = await readItem(context.state, 'event', eventId);
      if (isFullByName(event?.details.name)) return fullSlot(eventId);
      const details: JsonObject = { status_id: 'booked', ...shared, event_id: eventId };
      await assertDetails(context.state, kinds.appointment, details);
      const taken = await readItems(context.state, 'appointment', { 'details.event_id': eventId });
      const own = taken.find(
        (item) =>
          item.details.participant_id === details.participant_id &&
          item.details.participant_type === details.participant_type,
      );
      if (!own) {
        await assertRoom(context, eventId, details, taken);
        fresh.push({ _id: mintId(kinds.appointment, context.key, fresh.length), details, deleted: false });
      }
      ids.push(own?._id ?? fresh.at(-1)?._id ?? '');
    }
    return {
      status: 200,
      rule: fresh.length === 0 ? 'repeated' : 'created',
      body: createdText(kinds.appointment, ids),
      effects: fresh.map((doc) => ({ kind: 'put', collection: 'appointment', doc }) as const),
    };
  };
}

function fullSlot(eventId: string): OperationAnswer {
  const detail = `event ${eventId} is full: no slot is left (training)`;
  return magicRefusal('slot-full', { code: 'GSB-REQ-001', status: 400, detail });
}

async function assertRoom(
  { state }: SchedulerContext,
  eventId: string,
  details: JsonObject,
  taken: readonly Item[],
): Promise<void> {
  const event = await readItem(state, 'event', eventId);
  const limit = Number(event?.details.subscriber_limit ?? Number.POSITIVE_INFINITY);
  const subscribers = taken.filter((item) => item.details.participant_type === 'subscriber').length;
  if (details.participant_type === 'subscriber' && subscribers >= limit)
    throw invalid(`event ${eventId} is full: its subscriber_limit is ${limit}`);
  const others = await readItems(state, 'appointment', {
    'details.participant_id': details.participant_id as string,
  });
  for (const other of others) {
    if (details.exclusive !== true && other.details.exclusive !== true) continue;
    const elsewhere = await readItem(state, 'event', other.details.event_id);
    if (event && elsewhere && overlap(event, elsewhere))
      throw invalid(`appointment ${other._id} is at the same time, and one of the two is exclusive`);
  }
}

function overlap(a: Item, b: Item): boolean {
  return (
    instantOf(a.details.from) < instantOf(b.details.to) && instantOf(b.details.from) < instantOf(a.details.to)
  );
}
