import { SandboxError } from '../../../contracts/problems.js';
import { isJsonObject } from '../../../contracts/json.js';
import { put } from '../../kit/effects.js';
import { assertKnown, assertSameType, callOf, said } from '../pubsub/call.js';
import { SUBSCRIPTIONS, subscriptionId, typeId, uuidOf, type Subscription } from '../pubsub/state.js';
import { defaultWishes, wishesOf } from '../pubsub/subscription-body.js';
import type { CreateOperation } from './state.js';

/**
 * POST .../api/v1/subs/{eventType}: subscribes the caller, and nobody else, to what is published from now on. Pushed events are
 * posted to `callbackUrl`; without one they reach the workflows of this sandbox only.
 */
export const createAddSub: CreateOperation = (ports) => async (context) => {
  const call = callOf(context);
  assertKnown(ports, call);
  const { state, body } = context;
  assertSameType(call, isJsonObject(body) ? body['eventType'] : undefined);
  const type = (await state.types.get(typeId(call.room, call.eventType)))?.doc;
  if (type === undefined)
    throw new SandboxError('GSB-REQ-001', { detail: 'eventType: the room has no such event type' });
  const _id = subscriptionId(call.room, call.eventType, call.client);
  if ((await state.subscriptions.get(_id)) !== undefined)
    return said(409, 'eventType: the caller has subscribed to it already', 'exists');
  const doc: Subscription = {
    _id,
    id: uuidOf(`${_id} ${context.key}`),
    subscriber: call.client,
    eventType: call.eventType,
    ...wishesOf(body, defaultWishes),
    from: type.lastSequence,
    acknowledged: [],
  };
  return { status: 200, rule: 'created', effects: [put(SUBSCRIPTIONS, doc)] };
};
