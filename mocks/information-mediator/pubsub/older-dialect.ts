import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import type { MediatorContext } from '../operations/state.js';
import { parseApplication } from '../member-path.js';
import { callOf } from './call.js';
import type { PublishedEvent, Subscription } from './state.js';

/**
 * GovStack IM PubSub 1.0.0 named what happens by service and operation, where 2.0.0 has event types: here the event type
 * is both, joined by a dot. Everything else is one state.
 */
export function olderEventType(service: string, operation: string): string {
  return `${service}.${operation}`;
}

function partsOf(eventType: string): { readonly service: string; readonly operation: string } {
  const at = eventType.indexOf('.');
  return at < 0
    ? { service: eventType, operation: '' }
    : { service: eventType.slice(0, at), operation: eventType.slice(at + 1) };
}

/** The context of the same request in the newer dialect. */
export function newerContext(context: MediatorContext, eventType: string, body?: Json): MediatorContext {
  return { ...context, path: { ...context.path, eventType }, body };
}

/** The caller's own subscription of this id. */
export async function ownSubscription(context: MediatorContext): Promise<Subscription | undefined> {
  const { client } = callOf(context);
  const found = await context.state.subscriptions.find({ filter: { subscriber: client } });
  return found.find(({ doc }) => doc.id === context.path.id)?.doc;
}

export function olderSubscription(
  { path }: MediatorContext,
  { id, eventType, delivery, options, destination }: Subscription,
): JsonObject {
  const { service, operation } = partsOf(eventType);
  return {
    id,
    roomClass: path.memberClass,
    roomCode: path.memberCode,
    srcServiceCode: service,
    srcOperationId: operation,
    dstServiceCode: destination?.dstServiceCode ?? '',
    dstOperationId: destination?.dstOperationId ?? '',
    delivery,
    options: { ...options },
  };
}

export function olderEvent({ id, sequence, publisher, eventType, event }: PublishedEvent): JsonObject {
  const { service, operation } = partsOf(eventType);
  const name = parseApplication(publisher);
  return {
    id,
    sequence,
    ...(name && {
      publisher: {
        GovStackInstance: name.instanceId,
        memberClass: name.memberClass,
        memberCode: name.memberCode,
        applicationCode: name.applicationCode,
      },
    }),
    srcServiceCode: service,
    srcOperationID: operation,
    payload: event,
  };
}

/** A member of the body as text; empty when there is none. */
export function textIn(body: Json | undefined, name: string): string {
  const value = isJsonObject(body) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
}
