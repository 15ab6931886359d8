import { SandboxError } from '../../../contracts/problems.js';
import { remove } from '../../kit/effects.js';
import { callOf, said } from '../pubsub/call.js';
import { EVENTS, typeId } from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** DELETE .../pub/v1/{eventType}/{eventId}: nobody who has not had it gets it any more. Only its publisher takes it back. */
export const createDeleteEvent: CreateOperation = () => async (context) => {
  const { room, eventType, client } = callOf(context);
  const filter = { id: (context.path['eventId'] ?? '').toLowerCase() };
  const [found] = await context.state.events.find({
    idPrefix: `${typeId(room, eventType)}/`,
    filter,
    limit: 1,
  });
  if (found === undefined) return said(404, 'eventId: there is no such event', 'unknown-event');
  if (found.doc.publisher !== client)
    throw new SandboxError('GSB-REQ-001', {
      detail: 'X-GovStack-Client: another application published this event',
    });
  return { status: 204, rule: 'deleted', effects: [remove(EVENTS, found.doc._id)] };
};
