import type { OperationAnswer } from '../../kit/block-definition.js';
import { callOf, said } from '../pubsub/call.js';
import { newerContext, olderEvent, olderEventType } from '../pubsub/older-dialect.js';
import { typeId, type PublishedEvent } from '../pubsub/state.js';
import { createConfirmEvent } from './confirm-event.js';
import { createDeleteEvent } from './delete-event.js';
import { createPullEvent } from './pull-event.js';
import type { CreateOperation, MediatorContext } from './state.js';

const missing = (): OperationAnswer => said(404, 'id: the room has no such event', 'no-event');

/** PubSub 1.0.0, getStatus: an event of the room, whatever its type. */
export const createGetStatusOlder: CreateOperation = () => async (context) => {
  const found = await eventInRoom(context);
  return found === undefined ? missing() : { status: 200, rule: 'read', body: olderEvent(found) };
};

/** PubSub 1.0.0, deleteEvent. */
export const createDeleteEventOlder: CreateOperation = (ports) => async (context) => {
  const found = await eventInRoom(context);
  if (found === undefined) return missing();
  const newer = newerContext(context, found.eventType);
  const answer = await createDeleteEvent(ports)({ ...newer, path: { ...newer.path, eventId: found.id } });
  return answer.status === 204 ? { ...answer, status: 200 } : answer;
};

/** PubSub 1.0.0, pullEvent. */
export const createPullEventOlder: CreateOperation = (ports) => async (context) => {
  const answer = await createPullEvent(ports)(newerContext(context, typeOf(context)));
  if (answer.status !== 200) return answer;
  const { id } = answer.body as { id: string };
  const event = await byId(context, typeOf(context), id);
  return event === undefined ? missing() : { ...answer, body: olderEvent(event) };
};

/** PubSub 1.0.0, pullEventById: the event again, for a caller that pulls its type. */
export const createPullEventByIdOlder: CreateOperation = (ports) => async (context) => {
  const pulled = await createPullEvent(ports)(newerContext(context, typeOf(context)));
  if (pulled.status === 409) return pulled;
  const event = await byId(context, typeOf(context), context.path.eventId ?? '');
  return event === undefined ? missing() : { status: 200, rule: 'pulled', body: olderEvent(event) };
};

/** PubSub 1.0.0, confirmEvent. */
export const createConfirmEventOlder: CreateOperation = (ports) => async (context) => {
  const answer = await createConfirmEvent(ports)(newerContext(context, typeOf(context)));
  return answer.status === 204 ? { ...answer, status: 200 } : answer;
};

function typeOf({ path }: MediatorContext): string {
  return olderEventType(path.serviceCode ?? '', path.operationId ?? '');
}

async function byId(
  context: MediatorContext,
  eventType: string,
  id: string,
): Promise<PublishedEvent | undefined> {
  const idPrefix = `${typeId(callOf(context).room, eventType)}/`;
  const [found] = await context.state.events.find({
    idPrefix,
    filter: { id: id.toLowerCase() },
    limit: 1,
  });
  return found?.doc;
}

async function eventInRoom(context: MediatorContext): Promise<PublishedEvent | undefined> {
  const { room } = callOf(context);
  const filter = { id: (context.path.id ?? '').toLowerCase() };
  const found = await context.state.events.find({ filter });
  return found.find(({ doc }) => doc._id.startsWith(`${typeId(room, doc.eventType)}/`))?.doc;
}
