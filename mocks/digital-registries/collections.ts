import { z } from 'zod';
import type { Document } from '../../contracts/documents.js';
import { SandboxError } from '../../contracts/problems.js';
import type { BlockDefinition } from '../kit/block-definition.js';
import { anyObject, instant, text } from '../kit/document-schemas.js';
import { assertContent } from './content-schemas.js';
import { buildRecord, uuidPattern, type RegistryRecord } from './record.js';
import { registryId, type Registry } from './registry.js';
import type { RegistriesState } from './state.js';

export const collections: NonNullable<BlockDefinition<RegistriesState>['collections']> = {
  registries: {
    title: 'Registries and the JSON Schemas of their records',
    schema: z.strictObject({
      name: text,
      version: text,
      title: text,
      institution: text,
      schema: anyObject,
      idField: text,
      personField: text.optional(),
      uniqueFields: z.array(text),
      lookupFields: z.array(text).max(6),
    }),
    complete: ({ state }, doc) => {
      const registry = doc as Registry;
      if (registryId(registry.name, registry.version) !== registry._id)
        throw unfit('/name', `name and version must give ${registry._id}`);
      try {
        state.schemas.problems(registry, {}, '');
      } catch (error) {
        throw unfit(
          '/schema',
          `must be a JSON Schema: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      return doc;
    },
  },
  records: {
    title: 'Records; their content fits the registry',
    schema: z.strictObject({
      content: anyObject,
      uuid: z.string().regex(uuidPattern, 'must be a UUID').optional(),
      createdAt: instant.optional(),
      modifiedAt: instant.optional(),
      lookups: z.record(z.string(), z.string()).optional(),
    }),
    complete: completeRecord,
  },
  databases: {
    title: 'Registries by the numbers of the database API',
    schema: z.strictObject({ registry: text.optional(), definition: anyObject.optional() }),
  },
  usage: {
    title: 'Who has read what about whom, as the registries noted it',
    schema: z.strictObject({
      client: z.string(),
      operation: text,
      at: instant,
      fields: z.array(text).optional(),
      read: z.array(z.strictObject({ person: z.string(), record: z.string() })),
    }),
  },
};

/** Content by the registry's own schema; what is found by (lookups) and when it was written follow from it. */
async function completeRecord(
  { state, now }: { readonly state: RegistriesState; readonly now: Date },
  doc: Document,
): Promise<Document> {
  const given = doc as Pick<RegistryRecord, '_id' | 'content'> & Partial<RegistryRecord>;
  const registryName = given._id.split('/').slice(0, 2).join('/');
  const registry = (await state.registries.get(registryName))?.doc;
  if (registry === undefined)
    throw unfit('/_id', `must begin with a registry and its version; there is no registry ${registryName}`);
  assertContent(state.schemas, registry, given.content, '/content');
  const times = { createdAt: given.createdAt ?? now.toISOString(), modifiedAt: now.toISOString() };
  const before = await state.records.get(given._id);
  const record = buildRecord(registry, given.content, times, '/content', given.uuid ?? before?.doc.uuid);
  if (record._id !== given._id)
    throw unfit(`/content/${registry.idField}`, `must be the identifier in the address: ${given._id}`);
  await assertUnique(state, registry, record);
  return record;
}

async function assertUnique(
  state: RegistriesState,
  registry: Registry,
  record: RegistryRecord,
): Promise<void> {
  for (const field of registry.uniqueFields) {
    const [slot] = Object.entries(record.lookups).filter(([, value]) =>
      value.startsWith(`${registry._id}/${field}=`),
    );
    if (slot === undefined) continue;
    const same = await state.records.find({ filter: { [`lookups.${slot[0]}`]: slot[1] }, limit: 2 });
    if (same.some(({ doc }) => doc._id !== record._id))
      throw unfit(`/content/${field}`, 'is the same as in another record, and must be unique');
  }
}

function unfit(pointer: string, message: string): SandboxError {
  return new SandboxError('GSB-REQ-001', {
    detail: `${pointer}: ${message}`,
    extensions: { errors: [{ pointer, message }] },
  });
}
