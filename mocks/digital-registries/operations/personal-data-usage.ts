import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { queryText } from '../request.js';
import type { RegistriesState } from '../state.js';
import { readingsOf } from '../usage-log.js';

/** Digital registries, DPU: who has read a person's records, and when. */
export async function personalDataUsage(
  context: OperationContext<RegistriesState>,
): Promise<OperationAnswer> {
  const person = queryText(context.query, 'userId') ?? '';
  const registryName = queryText(context.query, 'databaseId') ?? '';
  const readings = await readingsOf(context.state, registryName, person);
  if (readings.length === 0) {
    const detail = `nobody has read anything about this person in the registry ${registryName}`;
    throw new SandboxError('GSB-REQ-002', { detail });
  }
  return { status: 200, rule: 'usage', body: readings };
}
