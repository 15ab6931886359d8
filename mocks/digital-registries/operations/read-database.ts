import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { databaseNumber, describeDatabase } from '../database.js';
import { findDatabase, numberedDatabases } from '../find-databases.js';
import type { RegistriesState } from '../state.js';

/** Databases, read: a registry and its schema. */
export async function readDatabase({
  state,
  path,
}: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const id = databaseNumber(path);
  const found = await findDatabase(state, String(id));
  if (!found) {
    const numbers = (await numberedDatabases(state)).map(({ _id }) => _id);
    throw new SandboxError('GSB-REQ-002', {
      detail: `there is no database ${id}; there are: ${numbers.slice(0, 50).join(', ') || 'none'}`,
    });
  }
  return { status: 200, rule: 'found', body: describeDatabase(id, found.database, found.registry) };
}
