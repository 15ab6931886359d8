import type { JsonObject } from '../../../contracts/json.js';
import { parseApplication } from '../member-path.js';
import type { PublishedEvent, Subscription } from './state.js';

/** An event as the room hands it out, with who published it. */
export function eventItem({ id, sequence, publisher, eventType, event }: PublishedEvent): JsonObject {
  return { id, sequence, publisherId: idOf(publisher), eventType, event };
}

export function subscriptionItem({
  id,
  subscriber,
  eventType,
  delivery,
  options,
  callbackUrl,
}: Subscription): JsonObject {
  return {
    id,
    subscriberId: idOf(subscriber),
    eventType,
    delivery,
    options: { ...options },
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
}

function idOf(application: string): JsonObject {
  return { ...parseApplication(application) };
}
