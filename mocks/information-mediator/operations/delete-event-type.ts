import { remove } from '../../kit/effects.js';
import { assertManages, callOf, said } from '../pubsub/call.js';
import { EVENTS, SUBSCRIPTIONS, typeId, TYPES } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** DELETE .../api/v1/eventType/{eventType}: with its events and subscriptions. */
export const createDeleteEventType: CreateOperation = () => async (context) => {
  const call = callOf(context);
  assertManages(call);
  const { state } = context;
  const id = typeId(call.room, call.eventType);
  if ((await state.types.get(id)) === undefined)
    return said(404, 'eventType: the room has no such event type', 'unknown-type');
  const [events, subscriptions] = [
    await state.events.find({ idPrefix: `${id}/` }),
    await state.subscriptions.find({ idPrefix: `${id}/` }),
  ];
  return {
    status: 204,
    rule: 'deleted',
    effects: [
      remove(TYPES, id),
      ...events.map(({ doc }) => remove(EVENTS, doc._id)),
      ...subscriptions.map(({ doc }) => remove(SUBSCRIPTIONS, doc._id)),
    ],
  };
};
