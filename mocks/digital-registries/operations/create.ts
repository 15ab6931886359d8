import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { fieldValue } from '../field-value.js';
import { identifierText, recordId } from '../record.js';
import { registryOf, WRITTEN, writtenContent } from '../request.js';
import type { RegistriesState } from '../state.js';
import { planCreation } from '../write-records.js';

/** Digital registries, create: one record; the same one again succeeds. */
export async function create(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const { records, effects } = await planCreation(context, registry, [
    { content: writtenContent(context.body), pointer: WRITTEN },
  ]);
  return {
    status: 200,
    rule: effects.length > 0 ? 'created' : 'already-there',
    body: { content: records[0]?.content },
    effects,
  };
}

/** Looks whether the record is there already. */
export async function lookBeforeCreate(context: OperationContext<RegistriesState>): Promise<void> {
  const registry = await registryOf(context);
  const identifier = identifierText(fieldValue(writtenContent(context.body), registry.idField));
  const id = identifier === undefined ? undefined : recordId(registry, identifier);
  if (id !== undefined) await context.state.records.get(id);
}
