import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { describeDatabase } from '../database.js';
import { numberedDatabases } from '../find-databases.js';
import type { RegistriesState } from '../state.js';

/** Databases, list: every registry in one catalogue, as the official document has it (one object, no list). */
export async function listDatabases({ state }: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const databases = await numberedDatabases(state);
  const found = await state.registries.getMany(databases.flatMap(({ registry }) => registry ?? []));
  const registries = new Map(found.map(({ doc }) => [doc._id, doc]));
  const described = databases.flatMap((database) => {
    const registry = registries.get(database.registry ?? '');
    return registry ? [describeDatabase(Number(database._id), database, registry)] : [];
  });
  return {
    status: 200,
    rule: 'listed',
    body: { id: 1, name: 'Digital registries', code: 'DR', databases: described },
  };
}
