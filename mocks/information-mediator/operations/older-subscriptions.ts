import { isJsonObject } from '../../../contracts/json.js';
import { put, remove } from '../../kit/effects.js';
import { said } from '../pubsub/call.js';
import {
  newerContext,
  olderEventType,
  olderSubscription,
  ownSubscription,
  textIn,
} from '../pubsub/older-dialect.js';
import { SUBSCRIPTIONS, type Subscription } from '../pubsub/state.js';
import { wishesOf } from '../pubsub/subscription-body.js';
import { createAddSub } from './add-sub.js';
import { createListSub } from './list-sub.js';
import type { CreateOperation, MediatorContext } from './state.js';

const none = () => said(404, 'id: the caller has no such subscription', 'none');

/** PubSub 1.0.0, addSub: answers the subscription's id. */
export const createAddSubOlder: CreateOperation = (ports) => async (context) => {
  const { body } = context;
  const eventType = olderEventType(textIn(body, 'srcServiceCode'), textIn(body, 'srcOperationId'));
  const wishes = isJsonObject(body) ? { delivery: body.delivery, options: body.options } : {};
  const answer = await createAddSub(ports)(newerContext(context, eventType, { ...wishes, eventType }));
  const [effect] = answer.effects ?? [];
  if (answer.status !== 200 || effect?.kind !== 'put') return answer;
  const doc: Subscription = { ...(effect.doc as Subscription), destination: destinationOf(context) };
  return { status: 201, rule: 'created', body: { id: doc.id }, effects: [put(SUBSCRIPTIONS, doc)] };
};

/** PubSub 1.0.0, listSub: here a caller without any gets an empty list. */
export const createListSubOlder: CreateOperation = (ports) => async (context) => {
  const answer = await createListSub(ports)(newerContext(context, ''));
  if (answer.status !== 200) return { status: 200, rule: 'listed', body: [] };
  const types = new Set((answer.body as unknown as readonly Subscription[]).map(({ id }) => id));
  const found = await context.state.subscriptions.find();
  const body = found.filter(({ doc }) => types.has(doc.id)).map(({ doc }) => olderSubscription(context, doc));
  return { status: 200, rule: 'listed', body };
};

/** PubSub 1.0.0, getSub. */
export const createGetSubOlder: CreateOperation = () => async (context) => {
  const found = await ownSubscription(context);
  return found === undefined
    ? none()
    : { status: 200, rule: 'read', body: olderSubscription(context, found) };
};

/** PubSub 1.0.0, patchSub: delivery, options and destination; what is subscribed to stays. */
export const createPatchSubOlder: CreateOperation = () => async (context) => {
  const found = await ownSubscription(context);
  if (found === undefined) return none();
  const doc = { ...found, ...wishesOf(context.body, found), destination: destinationOf(context, found) };
  return { status: 201, rule: 'changed', effects: [put(SUBSCRIPTIONS, doc)] };
};

/** PubSub 1.0.0, deleteSub. */
export const createDeleteSubOlder: CreateOperation = () => async (context) => {
  const found = await ownSubscription(context);
  if (found === undefined) return none();
  return { status: 201, rule: 'deleted', effects: [remove(SUBSCRIPTIONS, found._id)] };
};

function destinationOf(
  { body }: MediatorContext,
  before?: Subscription,
): NonNullable<Subscription['destination']> {
  const { dstServiceCode = '', dstOperationId = '' } = before?.destination ?? {};
  return {
    dstServiceCode: textIn(body, 'dstServiceCode') || dstServiceCode,
    dstOperationId: textIn(body, 'dstOperationId') || dstOperationId,
  };
}
