import type { JsonObject } from '../../../../contracts/json.js';
import { textAt } from '../../json-at.js';
import type { CallParts, CheckContext } from '../../suite.js';
import { asClient, place } from './rooms.js';

/** PubSub 1.0.0 names events by a service and one of its operations; 2.0.0 joins both to an event type. */
export interface OlderType {
  readonly service: string;
  readonly operation: string;
}

export async function newOlderType(c: CheckContext): Promise<OlderType> {
  const type = { service: c.unique('check-'), operation: 'changed' };
  await c.call('createEventType', {
    path: place(c),
    headers: asClient(c, 'provider'),
    body: { eventType: `${type.service}.${type.operation}`, schema: { type: 'object' } },
  });
  return type;
}

export const olderSubscription = ({ service, operation }: OlderType, more: JsonObject = {}): JsonObject => ({
  srcServiceCode: service,
  srcOperationId: operation,
  dstServiceCode: 'check',
  dstOperationId: 'take',
  delivery: 'PULL',
  ...more,
});

/** Who asks, in the provider's room. */
export const inRoom = (c: CheckContext, by: 'provider' | 'client' = 'client'): CallParts => ({
  path: place(c),
  headers: asClient(c, by),
});

export const withPath = (parts: CallParts, path: Readonly<Record<string, string>>): CallParts => ({
  ...parts,
  path: { ...parts.path, ...path },
});

export async function subscribedOlder(c: CheckContext, type: OlderType): Promise<string> {
  const made = await c.call('addSubOlder', { ...inRoom(c), body: olderSubscription(type) });
  return textAt(made, 'id');
}

export async function publishedOlder(
  c: CheckContext,
  { service, operation }: OlderType,
  event: JsonObject = { district: 'hills' },
): Promise<string> {
  const eventType = `${service}.${operation}`;
  const parts = withPath(inRoom(c, 'provider'), { eventType });
  return textAt(await c.call('publishEvent', { ...parts, body: { eventType, event } }), 'id');
}

export const pullOf = (c: CheckContext, { service, operation }: OlderType, eventId?: string): CallParts =>
  withPath(inRoom(c), {
    serviceCode: service,
    operationId: operation,
    ...(eventId === undefined ? {} : { eventId }),
  });
