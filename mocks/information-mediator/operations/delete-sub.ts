import { remove } from '../../kit/effects.js';
import { callOf, said } from '../pubsub/call.js';
import { SUBSCRIPTIONS, subscriptionId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** DELETE .../api/v1/subs/{eventType}: the caller hears no more of it. */
export const createDeleteSub: CreateOperation = () => async (context) => {
  const { room, client, eventType } = callOf(context);
  const id = subscriptionId(room, eventType, client);
  if ((await context.state.subscriptions.get(id)) === undefined)
    return said(404, 'eventType: the caller has not subscribed to it', 'none');
  return { status: 204, rule: 'deleted', effects: [remove(SUBSCRIPTIONS, id)] };
};
