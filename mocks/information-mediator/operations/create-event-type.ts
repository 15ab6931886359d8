import type { JsonObject } from '../../../contracts/json.js';
import { put } from '../../kit/effects.js';
import { assertKnown, assertManages, callOf, said } from '../pubsub/call.js';
import { compileEventSchema } from '../pubsub/event-schema.js';
import { typeId, TYPES, type EventType } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** POST .../api/v1/eventType: a new event type of the room, with the JSON Schema of its events. */
export const createCreateEventType: CreateOperation = (ports) => async (context) => {
  const call = callOf(context);
  assertKnown(ports, call);
  assertManages(call);
  const { eventType, schema } = context.body as unknown as { eventType: string; schema: JsonObject };
  compileEventSchema(schema);
  const _id = typeId(call.room, eventType);
  if ((await context.state.types.get(_id)) !== undefined)
    return said(409, `eventType: the room has an event type "${eventType}" already`, 'exists');
  const doc: EventType = { _id, room: call.room, eventType, schema, lastSequence: 0 };
  return { status: 200, rule: 'created', effects: [put(TYPES, doc)] };
};
