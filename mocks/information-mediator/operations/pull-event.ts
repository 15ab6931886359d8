import { callOf, said } from '../pubsub/call.js';
import { eventItem } from '../pubsub/event-item.js';
import { nextEvent } from '../pubsub/next-event.js';
import { subscriptionId, typeId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** GET .../pull/v1/{eventType}: the next event that the caller has not acknowledged; asking again gives it again. */
export const createPullEvent: CreateOperation = () => async (context) => {
  const { room, client, eventType } = callOf(context);
  const { state, now } = context;
  const found = (await state.subscriptions.get(subscriptionId(room, eventType, client)))?.doc;
  if (found?.delivery !== 'PULL')
    return said(409, 'eventType: the caller has no subscription of delivery PULL to it', 'not-pulling');
  const next = await nextEvent(state, typeId(room, eventType), found, now);
  if (next === undefined) return said(404, 'there is no event that is not acknowledged', 'no-event');
  return { status: 200, body: eventItem(next), rule: 'pulled' };
};
