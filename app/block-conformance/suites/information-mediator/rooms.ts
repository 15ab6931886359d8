import type { JsonObject } from '../../../../contracts/json.js';
import { textAt } from '../../json-at.js';
import type { CheckContext } from '../../suite.js';

/** Path parameters of the provider: its directory entries, and its room. */
export function place(c: CheckContext): Record<string, string> {
  const [instanceId = '', memberClass = '', memberCode = '', applicationCode = ''] = c.fixtures
    .text('provider')
    .split('/');
  return { instanceId, memberClass, memberCode, applicationCode };
}

export const asClient = (c: CheckContext, who: 'provider' | 'client'): Record<string, string> => ({
  'X-GovStack-Client': c.fixtures.text(who),
});

export async function newType(c: CheckContext): Promise<string> {
  const eventType = c.unique('check.type-');
  const schema = { type: 'object', required: ['district'], properties: { district: { type: 'string' } } };
  await c.call('createEventType', {
    path: place(c),
    headers: asClient(c, 'provider'),
    body: { eventType, schema },
  });
  return eventType;
}

export async function published(
  c: CheckContext,
  eventType: string,
  event: JsonObject = { district: 'hills' },
): Promise<string> {
  const answer = await c.call('publishEvent', {
    path: { ...place(c), eventType },
    headers: asClient(c, 'provider'),
    body: { eventType, event },
  });
  return textAt(answer, 'id');
}

/** Subscribes the client to a new type; returns the type. */
export async function newSubscription(c: CheckContext, more: JsonObject = {}): Promise<string> {
  const eventType = await newType(c);
  await c.call('addSub', {
    path: { ...place(c), eventType },
    headers: asClient(c, 'client'),
    body: { eventType, delivery: 'PULL', ...more },
  });
  return eventType;
}
