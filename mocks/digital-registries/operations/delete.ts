import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { readByIdOrUuid } from '../find-records.js';
import { registryOf } from '../request.js';
import { RECORDS, type RegistriesState } from '../state.js';

/** Digital registries, delete: what is not there is deleted already. */
export async function deleteRecord(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const found = await readByIdOrUuid(context.state, registry, context.path.id ?? '');
  if (!found) return { status: 204, rule: 'nothing-to-delete' };
  return { status: 204, rule: 'deleted', effects: [{ kind: 'delete', collection: RECORDS, id: found._id }] };
}
