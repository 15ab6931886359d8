import { z } from 'zod';
import type { BlockDefinition } from '../kit/block-definition.js';
import { anyObject, count, instant, text } from '../kit/document-schemas.js';
import { EVENTS, SUBSCRIPTIONS, TYPES, type PubSubState } from './pubsub/state.js';

export const collections: NonNullable<BlockDefinition<PubSubState>['collections']> = {
  [TYPES]: {
    title: 'Kinds of events in rooms, with their JSON Schemas',
    schema: z.strictObject({ room: text, eventType: text, schema: anyObject, lastSequence: count }),
  },
  [EVENTS]: {
    title: 'Published events',
    schema: z.strictObject({
      id: text,
      sequence: count,
      publisher: text,
      eventType: text,
      event: anyObject,
      at: instant,
    }),
  },
  [SUBSCRIPTIONS]: {
    title: 'Subscriptions',
    schema: z.strictObject({
      id: text,
      subscriber: text,
      eventType: text,
      delivery: z.enum(['PUSH', 'PULL']),
      options: z.strictObject({ TTL: count, FIFO: z.boolean() }),
      callbackUrl: z.string().optional(),
      from: count,
      acknowledged: z.array(count),
    }),
  },
};
