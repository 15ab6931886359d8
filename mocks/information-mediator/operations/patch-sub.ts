import { isJsonObject } from '../../../contracts/json.js';
import { put } from '../../kit/effects.js';
import { assertSameType, callOf, said } from '../pubsub/call.js';
import { SUBSCRIPTIONS, subscriptionId } from '../pubsub/state.js';
import { wishesOf } from '../pubsub/subscription-body.js';
import type { CreateOperation } from './state.js';

/** PATCH .../api/v1/subs/{eventType}: changes what is given, and leaves the rest. */
export const createPatchSub: CreateOperation = () => async (context) => {
  const call = callOf(context);
  assertSameType(call, isJsonObject(context.body) ? context.body['eventType'] : undefined);
  const found = await context.state.subscriptions.get(subscriptionId(call.room, call.eventType, call.client));
  if (found === undefined) return said(404, 'eventType: the caller has not subscribed to it', 'none');
  const doc = { ...found.doc, ...wishesOf(context.body, found.doc) };
  return { status: 201, rule: 'changed', effects: [put(SUBSCRIPTIONS, doc)] };
};
