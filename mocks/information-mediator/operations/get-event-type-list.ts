import { callOf } from '../pubsub/call.js';
import type { CreateOperation } from './state.js';

/** GET .../api/v1/eventType: the names of the room's event types; 204 when there are none. */
export const createGetEventTypeList: CreateOperation = () => async (context) => {
  const { room } = callOf(context);
  const found = await context.state.types.find({ filter: { room } });
  if (found.length === 0) return { status: 204, rule: 'none' };
  return { status: 200, body: found.map(({ doc }) => doc.eventType).sort(), rule: 'listed' };
};
