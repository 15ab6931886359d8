import { isJsonObject, type Json } from '../../../contracts/json.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import type { Registry } from '../registry.js';
import { newestRegistryOf, registryOf } from '../request.js';
import type { RegistriesState } from '../state.js';
import { planCreation, type NewContent } from '../write-records.js';

type Context = OperationContext<RegistriesState>;

/** Digital registries, createEntries: several records, all or none, in the newest version. */
export async function createEntries(context: Context): Promise<OperationAnswer> {
  return createAll(context, await newestRegistryOf(context));
}

/** The same in the older dialect, whose path names the version. */
export async function createEntriesOlder(context: Context): Promise<OperationAnswer> {
  return createAll(context, await registryOf(context));
}

async function createAll(context: Context, registry: Registry): Promise<OperationAnswer> {
  const { records, effects } = await planCreation(context, registry, entriesOf(context.body));
  return {
    status: 201,
    rule: effects.length > 0 ? 'created' : 'already-there',
    body: {
      receive: records.map(({ content, createdAt, modifiedAt, uuid }) => ({
        content,
        createdAt,
        modifiedAt,
        uuid,
      })),
    },
    effects,
  };
}

function entriesOf(body: Json | undefined): readonly NewContent[] {
  const write = isJsonObject(body) && Array.isArray(body.write) ? (body.write as readonly Json[]) : [];
  return write.map((entry, index) => ({
    content: isJsonObject(entry) && isJsonObject(entry.content) ? entry.content : {},
    pointer: `/body/write/${index}/content`,
  }));
}
