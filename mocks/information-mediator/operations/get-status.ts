import { callOf, said } from '../pubsub/call.js';
import { eventItem } from '../pubsub/event-item.js';
import { typeId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** GET .../pub/v1/{eventType}/{eventId}: the event as it was published. */
export const createGetStatus: CreateOperation = () => async (context) => {
  const { room, eventType } = callOf(context);
  const filter = { id: (context.path['eventId'] ?? '').toLowerCase() };
  const [found] = await context.state.events.find({
    idPrefix: `${typeId(room, eventType)}/`,
    filter,
    limit: 1,
  });
  if (found === undefined) return said(404, 'eventId: there is no such event', 'unknown-event');
  return { status: 200, body: eventItem(found.doc), rule: 'read' };
};
