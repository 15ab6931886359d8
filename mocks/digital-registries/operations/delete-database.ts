import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { put, remove } from '../../kit/effects.js';
import { ANY, databaseNumber, DATABASES } from '../database.js';
import { REGISTRIES, RECORDS, type RegistriesState } from '../state.js';

const body = 'Success';

/** Databases, delete: the registry and all its records go; what is not there is deleted already. */
export async function deleteDatabase({
  state,
  path,
}: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const _id = String(databaseNumber(path));
  const database = (await state.databases.get(_id))?.doc;
  if (database === undefined) {
    // A number that shows whatever registry `any` names shows nothing from now on.
    const shown = (await state.databases.get(ANY)) !== undefined;
    return shown
      ? { status: 200, rule: 'deleted', body, effects: [put(DATABASES, { _id })] }
      : { status: 200, rule: 'nothing-to-delete', body };
  }
  const { registry } = database;
  if (registry === undefined) return { status: 200, rule: 'nothing-to-delete', body };
  const records = await state.records.find({ idPrefix: `${registry}/` });
  return {
    status: 200,
    rule: 'deleted',
    body,
    effects: [
      put(DATABASES, { _id }),
      remove(REGISTRIES, registry),
      ...records.map(({ doc }) => remove(RECORDS, doc._id)),
    ],
  };
}
