import type { Callback } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { put, remove } from '../../kit/effects.js';
import { BRIDGE } from '../pubsub/bridge.js';
import { assertKnown, assertSameType, callOf, said } from '../pubsub/call.js';
import { eventItem } from '../pubsub/event-item.js';
import { assertFits } from '../pubsub/event-schema.js';
import {
  eventDocumentId,
  EVENTS,
  typeId,
  TYPES,
  uuidOf,
  type PublishedEvent,
  type Subscription,
} from '../pubsub/state.js';
import type { CreateOperation } from './state.js';

/** So many events of a type are kept; the oldest go. */
const MOST_KEPT = 1_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * POST .../pub/v1/{eventType}: publishes an event that fits its type. Its id is the `id` in it, when that is a UUID, or made by the
 * room; the same id again is the same event. Pushed subscriptions get it posted, and the workflows that listen hear of it.
 */
export const createPublishEvent: CreateOperation = (ports) => async (context) => {
  const call = callOf(context);
  assertKnown(ports, call);
  const { state, now } = context;
  const { eventType, event } = context.body as unknown as { eventType: string; event: JsonObject };
  assertSameType(call, eventType);
  const type = typeId(call.room, eventType);
  const found = (await state.types.get(type))?.doc;
  if (found === undefined) return said(404, 'eventType: the room has no such event type', 'unknown-type');
  assertFits(found.schema, event);
  const given = event['id'];
  const id =
    typeof given === 'string' && UUID.test(given) ? given.toLowerCase() : uuidOf(`${type} ${context.key}`);
  const [before] = await state.events.find({ idPrefix: `${type}/`, filter: { id }, limit: 1 });
  if (before !== undefined) return { status: 201, body: { id }, rule: 'published-before' };
  const sequence = found.lastSequence + 1;
  const published: PublishedEvent = {
    _id: eventDocumentId(type, sequence),
    id,
    sequence,
    publisher: call.client,
    eventType,
    event,
    at: now.toISOString(),
  };
  const subscriptions = await state.subscriptions.find({ idPrefix: `${type}/` });
  return {
    status: 201,
    body: { id },
    rule: 'published',
    effects: [
      put(TYPES, { ...found, lastSequence: sequence }),
      put(EVENTS, published),
      ...(sequence > MOST_KEPT ? [remove(EVENTS, eventDocumentId(type, sequence - MOST_KEPT))] : []),
    ],
    callbacks: subscriptions.flatMap(({ doc }) => pushTo(doc, published)),
    jobs: [
      {
        job: { id: `${BRIDGE}.${id}`, name: BRIDGE, data: { type, sequence } },
        time: { kind: 'after', milliseconds: 0 },
      },
    ],
  };
};

function pushTo({ id, delivery, callbackUrl }: Subscription, published: PublishedEvent): readonly Callback[] {
  if (delivery !== 'PUSH' || callbackUrl === undefined) return [];
  return [
    {
      id: `pubsub.${id}.${published.id}`,
      block: 'information-mediator',
      operationId: 'publishEvent',
      url: callbackUrl,
      body: eventItem(published),
    },
  ];
}
