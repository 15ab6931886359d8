import type { JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { queryText } from '../request.js';
import type { RegistriesState } from '../state.js';
import { clientParts, readingId, type UsageEntry } from '../usage-entry.js';
import { usageOf } from '../usage-log.js';

/** Digital registries, DPU: who has read a person's records, and when. */
export async function personalDataUsage(
  context: OperationContext<RegistriesState>,
): Promise<OperationAnswer> {
  const person = queryText(context.query, 'userId') ?? '';
  const registryName = queryText(context.query, 'databaseId') ?? '';
  const readings = await usageOf(context.state, registryName, person);
  if (readings.length === 0) {
    const detail = `nobody has read anything about this person in the registry ${registryName}`;
    throw new SandboxError('GSB-REQ-002', { detail });
  }
  return { status: 200, rule: 'usage', body: readings.map(toPublished) };
}

function toPublished(entry: UsageEntry): JsonObject {
  const { institution, member, application } = clientParts(entry.client);
  return {
    id: readingId(entry),
    readerId: entry.client,
    ...(institution === undefined ? {} : { readerInstitutionId: institution }),
    ...(member === undefined ? {} : { readerInstitutionName: member }),
    ...(application === undefined ? {} : { readerApplicationName: application }),
    searchDateTime: entry.at,
    refrences: entry.read.map(({ record }) => ({ ReferenceId: record })),
    operation: entry.operation,
    ...(entry.fields === undefined ? {} : { fields: entry.fields }),
  };
}
