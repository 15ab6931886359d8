import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.js';
import { ANY, type Database } from './database.js';
import { registryId, type Registry } from './registry.js';

const databaseSeedSchema = z.strictObject({
  id: z.union([z.int().nonnegative(), z.literal(ANY)]),
  registry: z.string(),
  version: z.string(),
});

/** One entry of the seed collection `databases`. Raises a ZodError, or an Error for a registry that there is not. */
export function parseDatabase(seed: JsonObject, registries: ReadonlyMap<string, Registry>): Database {
  const { id, registry, version } = databaseSeedSchema.parse(seed);
  const _id = registryId(registry, version);
  if (!registries.has(_id)) throw new Error(`there is no registry ${_id} among the seeds`);
  return { _id: String(id), registry: _id };
}

/** Numbers for the registries that the seeds give none, in the order of the seeds. */
export function numberOthers(registries: Iterable<string>, given: readonly Database[]): readonly Database[] {
  const numbered = new Set(given.flatMap(({ _id, registry }) => (_id === ANY ? [] : (registry ?? []))));
  let last = Math.max(0, ...given.map(({ _id }) => Number(_id)).filter(Number.isFinite));
  return [...registries]
    .filter((registry) => !numbered.has(registry))
    .map((registry) => ({ _id: String((last += 1)), registry }));
}
