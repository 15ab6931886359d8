import { callOf, said } from '../pubsub/call.js';
import { subscriptionItem } from '../pubsub/event-item.js';
import { subscriptionId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** GET .../api/v1/subs/{eventType}: the caller's own subscription to this type. */
export const createGetSub: CreateOperation = () => async (context) => {
  const { room, client, eventType } = callOf(context);
  const found = await context.state.subscriptions.get(subscriptionId(room, eventType, client));
  if (found === undefined) return said(404, 'eventType: the caller has not subscribed to it', 'none');
  return { status: 200, body: subscriptionItem(found.doc), rule: 'read' };
};
