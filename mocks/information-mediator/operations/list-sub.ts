import { callOf, said } from '../pubsub/call.js';
import { subscriptionItem } from '../pubsub/event-item.js';
import { subscriptionId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** GET .../api/v1/subs: the caller's own subscriptions in this room; 404 when it has none. */
export const createListSub: CreateOperation = () => async (context) => {
  const { room, client } = callOf(context);
  const types = await context.state.types.find({ filter: { room } });
  const found = await context.state.subscriptions.getMany(
    types.map(({ doc }) => subscriptionId(room, doc.eventType, client)),
  );
  if (found.length === 0) return said(404, 'there are no subscriptions of this caller in the room', 'none');
  const items = found.map(({ doc }) => doc).sort((a, b) => (a.eventType < b.eventType ? -1 : 1));
  return { status: 200, body: items.map(subscriptionItem), rule: 'listed' };
};
