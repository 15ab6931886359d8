import { callOf } from '../pubsub/call.js';
import { typeId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** GET .../api/v1/eventType/{eventType}: its schema; 204 when the room has no such type. */
export const createGetEventType: CreateOperation = () => async (context) => {
  const { room, eventType } = callOf(context);
  const found = await context.state.types.get(typeId(room, eventType));
  if (found === undefined) return { status: 204, rule: 'none' };
  return { status: 200, body: { eventType, schema: found.doc.schema }, rule: 'read' };
};
