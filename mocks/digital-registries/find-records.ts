import { holdsAll, planSearch, type Condition } from './conditions.js';
import { identifierOf, recordId, recordPrefix, uuidPattern, type RegistryRecord } from './record.js';
import type { Registry } from './registry.js';
import type { RegistriesState } from './state.js';

const CHUNK = 500;

/** Records that hold all conditions, in the order of their identifiers, read in chunks. */
export async function* findRecords(
  state: RegistriesState,
  registry: Registry,
  conditions: readonly Condition[],
): AsyncGenerator<RegistryRecord, void> {
  const plan = planSearch(registry, conditions);
  if (plan.identifier !== undefined) {
    const found = await readRecord(state, registry, plan.identifier);
    if (found && holdsAll(conditions, found.content)) yield found;
    return;
  }
  let after: string | undefined;
  for (;;) {
    const chunk = await state.records.find({
      idPrefix: recordPrefix(registry),
      limit: CHUNK,
      ...(plan.filter ? { filter: plan.filter } : {}),
      ...(after === undefined ? {} : { after }),
    });
    for (const { doc } of chunk) if (holdsAll(conditions, doc.content)) yield doc;
    const last = chunk.at(-1);
    if (chunk.length < CHUNK || !last) return;
    after = last.doc._id;
  }
}

export async function findRecord(
  state: RegistriesState,
  registry: Registry,
  conditions: readonly Condition[],
): Promise<RegistryRecord | undefined> {
  for await (const record of findRecords(state, registry, conditions)) return record;
  return undefined;
}

async function readRecord(
  state: RegistriesState,
  registry: Registry,
  identifier: string,
): Promise<RegistryRecord | undefined> {
  const _id = recordId(registry, identifier);
  return _id === undefined ? undefined : (await state.records.get(_id))?.doc;
}

/** The record with this identifier, else the one with this uuid. */
export async function readByIdOrUuid(
  state: RegistriesState,
  registry: Registry,
  text: string,
): Promise<RegistryRecord | undefined> {
  const byId = await readRecord(state, registry, text);
  if (byId || !uuidPattern.test(text)) return byId;
  const [found] = await state.records.find({
    filter: { uuid: text.toLowerCase() },
    idPrefix: recordPrefix(registry),
    limit: 1,
  });
  return found?.doc;
}

export interface PageRequest {
  readonly order: 'ascending' | 'descending';
  /** From 1; only counts without `after`. */
  readonly page: number;
  readonly pageSize: number;
  /** Identifier of the record to go on behind; ascending order only. */
  readonly after?: string;
}

export interface RecordPage {
  readonly count: number;
  readonly records: readonly RegistryRecord[];
  readonly more: boolean;
}

/**
 * One page and the number of all matches. What the store can filter by itself it also pages and counts;
 * everything else means looking at each record of the registry.
 */
export async function findPage(
  state: RegistriesState,
  registry: Registry,
  conditions: readonly Condition[],
  request: PageRequest,
): Promise<RecordPage> {
  const plan = planSearch(registry, conditions);
  return plan.complete
    ? pageFromStore(state, registry, request, plan.filter ? { filter: plan.filter } : {})
    : pageByLooking(state, registry, conditions, request);
}

async function pageFromStore(
  state: RegistriesState,
  registry: Registry,
  request: PageRequest,
  filter: Pick<NonNullable<Parameters<RegistriesState['records']['find']>[0]>, 'filter'>,
): Promise<RecordPage> {
  const { order, page, pageSize, after } = request;
  const idPrefix = recordPrefix(registry);
  const skip = after === undefined ? (page - 1) * pageSize : 0;
  const count = await state.records.count({ ...filter, idPrefix });
  if (skip >= count) return { count, records: [], more: false };
  const found = await state.records.find({
    ...filter,
    idPrefix,
    order,
    limit: skip + pageSize + 1,
    ...(after === undefined ? {} : { after: cursorId(registry, after) }),
  });
  const rest = found.slice(skip);
  return { count, records: rest.slice(0, pageSize).map(({ doc }) => doc), more: rest.length > pageSize };
}

async function pageByLooking(
  state: RegistriesState,
  registry: Registry,
  conditions: readonly Condition[],
  { order, page, pageSize, after }: PageRequest,
): Promise<RecordPage> {
  const matches: RegistryRecord[] = [];
  for await (const record of findRecords(state, registry, conditions)) matches.push(record);
  const count = matches.length;
  if (order === 'descending') matches.reverse();
  const from = after === undefined ? (page - 1) * pageSize : indexBehind(registry, matches, after);
  return { count, records: matches.slice(from, from + pageSize), more: from + pageSize < count };
}

function indexBehind(registry: Registry, ascending: readonly RegistryRecord[], after: string): number {
  const cursor = cursorId(registry, after);
  const index = ascending.findIndex(({ _id }) => _id > cursor);
  return index < 0 ? ascending.length : index;
}

function cursorId(registry: Registry, after: string): string {
  return recordId(registry, after) ?? recordPrefix(registry);
}

/** The identifier that goes on behind this page. */
export function cursorOf(registry: Registry, { records, more }: RecordPage): string | undefined {
  const last = records.at(-1);
  return more && last ? identifierOf(registry, last) : undefined;
}
