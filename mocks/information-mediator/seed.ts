import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { SeedContext } from '../kit/block-definition.js';
import { compileEventSchema } from './pubsub/event-schema.js';
import { typeId, type EventType, type PubSubState } from './pubsub/state.js';

const eventTypeSeedSchema = z.strictObject({
  /** Member path of the room: an application of the member that owns it. */
  room: z.string().regex(/^[^/\s]+(\/[^/\s]+){3}$/, 'must be instance/class/member/application'),
  eventType: z.string().min(1).max(200),
  /** JSON Schema of an event. */
  schema: z.custom<JsonObject>(isJsonObject, 'must be a JSON Schema'),
});

/** Seed collection `eventTypes`: what the rooms of a workspace speak of from the start. Raises GSB-DEF-003, naming the entry. */
export async function seedRooms(
  { state }: SeedContext<PubSubState>,
  { eventTypes = [] }: BlockSeeds,
): Promise<void> {
  const seen = new Set<string>();
  await state.types.putMany(
    eventTypes.map((seed, index): EventType => {
      const place = `seeds for information-mediator, eventTypes[${index}]`;
      const parsed = eventTypeSeedSchema.safeParse(seed);
      if (!parsed.success) throw refusal(place, z.prettifyError(parsed.error));
      const { room, eventType, schema } = parsed.data;
      const _id = typeId(room, eventType);
      if (seen.has(_id)) throw refusal(place, `${eventType} is there twice in the room ${room}`);
      seen.add(_id);
      compileEventSchema(schema);
      return { _id, room, eventType, schema, lastSequence: 0 };
    }),
  );
}

function refusal(place: string, message: string): SandboxError {
  return new SandboxError('GSB-DEF-003', { detail: `${place}: ${message}` });
}
