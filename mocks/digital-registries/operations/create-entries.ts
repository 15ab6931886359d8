import { isJsonObject, type Json } from '../../../contracts/json.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { newestRegistryOf } from '../request.js';
import type { RegistriesState } from '../state.js';
import { planCreation, type NewContent } from '../write-records.js';

/** Digital registries, createEntries: several records, all or none. */
export async function createEntries(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await newestRegistryOf(context);
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
