import { z } from 'zod';
import type { BlockSeeds } from '../../contracts/block.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { SeedContext } from '../kit/block-definition.js';
import { assertContent } from './content-schemas.js';
import { numberOthers, parseDatabase } from './seed-databases.js';
import { parseUsage } from './seed-usage.js';
import { buildRecord, uuidPattern, type RegistryRecord } from './record.js';
import { parseRegistry, registryId, type Registry } from './registry.js';
import type { RegistriesState } from './state.js';

const AT_ONCE = 1000;

const recordSeedSchema = z.strictObject({
  registry: z.string(),
  version: z.string(),
  content: z.custom<JsonObject>(isJsonObject, 'must be an object'),
  /** Records get one by themselves; named where somebody must know it beforehand. */
  uuid: z
    .string()
    .regex(uuidPattern, 'must be a UUID')
    .transform((uuid) => uuid.toLowerCase())
    .optional(),
});

/**
 * Seed collections: `registries`, `records` as `{registry, version, content}`, `databases` (numbers of registries, given
 * in order where absent) and `usage` (earlier readings). Records are checked as if they were created one by one, unique
 * fields too. Raises GSB-DEF-003, naming the entry.
 */
export async function seedRegistries(
  context: SeedContext<RegistriesState>,
  seeds: BlockSeeds,
): Promise<void> {
  const registries = new Map<string, Registry>();
  for (const [index, seed] of (seeds.registries ?? []).entries()) {
    const registry = at(`registries[${index}]`, () => checked(context, parseRegistry(seed)));
    if (registries.has(registry._id)) refuse(`registries[${index}]`, `${registry._id} is there twice`);
    registries.set(registry._id, registry);
  }
  await context.state.registries.putMany([...registries.values()]);
  const databases = (seeds.databases ?? []).map((seed, index) =>
    at(`databases[${index}]`, () => parseDatabase(seed, registries)),
  );
  await context.state.databases.putMany([...databases, ...numberOthers(registries.keys(), databases)]);
  await context.state.usage.putMany(
    (seeds.usage ?? []).map((seed, index) =>
      at(`usage[${index}]`, () => parseUsage(seed, index, context.now)),
    ),
  );

  const taken = new Set<string>();
  let batch: RegistryRecord[] = [];
  for (const [index, seed] of (seeds.records ?? []).entries()) {
    batch.push(at(`records[${index}]`, () => recordOf(context, registries, seed, taken)));
    if (batch.length < AT_ONCE) continue;
    await context.state.records.putMany(batch);
    batch = [];
  }
  await context.state.records.putMany(batch);
}

/** A schema that does not compile is found here and not by the first caller. */
function checked(context: SeedContext<RegistriesState>, registry: Registry): Registry {
  context.state.schemas.problems(registry, {}, '');
  return registry;
}

function recordOf(
  context: SeedContext<RegistriesState>,
  registries: ReadonlyMap<string, Registry>,
  seed: JsonObject,
  taken: Set<string>,
): RegistryRecord {
  const { registry: name, version, content, uuid } = recordSeedSchema.parse(seed);
  const registry = registries.get(registryId(name, version));
  if (!registry) throw new Error(`there is no registry ${registryId(name, version)} among the seeds`);
  const now = context.now.toISOString();
  const record = buildRecord(registry, content, { createdAt: now, modifiedAt: now }, '/content', uuid);
  assertContent(context.state.schemas, registry, content, '/content');
  const unique = registry.uniqueFields.flatMap((field) => {
    const slot = Object.values(record.lookups).find((text) => text.startsWith(`${registry._id}/${field}=`));
    return slot === undefined ? [] : [slot];
  });
  for (const claim of [record._id, ...unique]) {
    if (taken.has(claim)) throw new Error(`${claim} is there twice`);
    taken.add(claim);
  }
  return record;
}

function at<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof z.ZodError) return refuse(place, z.prettifyError(error), error);
    if (error instanceof SandboxError) return refuse(place, error.detail, error);
    return refuse(place, error instanceof Error ? error.message : String(error), error);
  }
}

function refuse(place: string, message: string, cause?: unknown): never {
  throw new SandboxError('GSB-DEF-003', {
    detail: `seeds for digital-registries, ${place}: ${message}`,
    cause,
  });
}
