import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.js';
import { usageId, type UsageEntry } from './usage-entry.js';

const usageSeedSchema = z.strictObject({
  registry: z.string(),
  person: z.string().min(1).max(120),
  client: z.string().min(1).max(300),
  operation: z.string().min(1),
});

/** One entry of the seed collection `usage`: somebody has read a person's record before. Raises a ZodError. */
export function parseUsage(seed: JsonObject, index: number, now: Date): UsageEntry {
  const { registry, person, client, operation } = usageSeedSchema.parse(seed);
  const at = now.toISOString();
  return {
    _id: usageId(registry, person, at, `seed-${index}`),
    client,
    operation,
    at,
    read: [{ person, record: person }],
  };
}
