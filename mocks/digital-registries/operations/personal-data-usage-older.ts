import type { JsonObject } from '../../../contracts/json.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { newestNamed, queryText } from '../request.js';
import type { RegistriesState } from '../state.js';
import { usageOf } from '../usage-log.js';
import { clientParts, readingId, type UsageEntry } from '../usage-entry.js';

/** Digital registries, MyPersonalDataUsage 1.0: as DPU, in the older spelling; an empty list when nobody has read. */
export async function personalDataUsageOlder({
  state,
  query,
}: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const { name } = await newestNamed(state, queryText(query, 'DatabaseID') ?? '');
  const entries = await usageOf(state, name, queryText(query, 'userID') ?? '');
  return { status: 200, rule: entries.length > 0 ? 'usage' : 'no-usage', body: entries.map(inOlderSpelling) };
}

function inOlderSpelling(entry: UsageEntry): JsonObject {
  const { institution, member, application } = clientParts(entry.client);
  return {
    ID: readingId(entry),
    ReaderID: entry.client,
    ...(institution === undefined ? {} : { ReaderInstitutionID: institution }),
    ...(member === undefined ? {} : { ReaderInstitutionName: member }),
    ...(application === undefined ? {} : { ReaderApplicationName: application }),
    SearchDateTime: entry.at,
    Refrences: entry.read.map(({ record }) => ({ ReferenceID: record })),
  };
}
