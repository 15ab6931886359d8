import { put } from '../../kit/effects.js';
import { callOf, said } from '../pubsub/call.js';
import { acknowledged, nextEvent } from '../pubsub/next-event.js';
import { SUBSCRIPTIONS, subscriptionId, typeId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** DELETE .../pull/v1/{eventType}/{eventId}: the caller has dealt with it. With FIFO only the next one can be acknowledged. */
export const createConfirmEvent: CreateOperation = () => async (context) => {
  const { room, client, eventType } = callOf(context);
  const { state, now } = context;
  const type = typeId(room, eventType);
  const found = (await state.subscriptions.get(subscriptionId(room, eventType, client)))?.doc;
  if (found?.delivery !== 'PULL')
    return said(409, 'eventType: the caller has no subscription of delivery PULL to it', 'not-pulling');
  const filter = { id: (context.path['eventId'] ?? '').toLowerCase() };
  const event = (await state.events.find({ idPrefix: `${type}/`, filter, limit: 1 }))[0]?.doc;
  const open =
    event !== undefined && event.sequence > found.from && !found.acknowledged.includes(event.sequence);
  if (!open) return said(404, 'eventId: there is no such event to acknowledge', 'no-event');
  if (found.options.FIFO && (await nextEvent(state, type, found, now))?.id !== event.id)
    return said(409, 'eventId: another event comes first', 'out-of-order');
  return {
    status: 204,
    rule: 'acknowledged',
    effects: [put(SUBSCRIPTIONS, acknowledged(found, event.sequence))],
  };
};
