import type { JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Effect, OperationContext } from '../kit/block-definition.js';
import { assertContent } from './content-schemas.js';
import { fieldValue, sameJson, scalarText } from './field-value.js';
import { lookupFilter, sameLookup } from './lookups.js';
import {
  buildRecord,
  identifierOf,
  identifierText,
  recordPrefix,
  uuidOf,
  type RegistryRecord,
} from './record.js';
import type { Registry } from './registry.js';
import { RECORDS, type RegistriesState } from './state.js';

type Context = OperationContext<RegistriesState>;

export interface NewContent {
  readonly content: JsonObject;
  /** Where it stands in the request, such as `/body/write/content`. */
  readonly pointer: string;
}

export interface PlannedRecords {
  /** As stored, in the order given. */
  readonly records: readonly RegistryRecord[];
  /** Empty when all of them were there already. */
  readonly effects: readonly Effect[];
}

/**
 * Plans the creation of records, all or none. The same content under the same identifier is there already and
 * succeeds. Raises GSB-REQ-001 (content does not fit), GSB-REQ-003 (identifier or unique value taken).
 */
export async function planCreation(
  context: Context,
  registry: Registry,
  entries: readonly NewContent[],
): Promise<PlannedRecords> {
  const at = context.now.toISOString();
  const records: RegistryRecord[] = [];
  const added: RegistryRecord[] = [];
  for (const [index, { content: given, pointer }] of entries.entries()) {
    const content = withIdentifier(context, registry, given, index);
    const record = buildRecord(registry, content, { createdAt: at, modifiedAt: at }, pointer);
    assertContent(context.state.schemas, registry, content, pointer);
    const before =
      added.find(({ _id }) => _id === record._id) ?? (await context.state.records.get(record._id))?.doc;
    if (before) {
      if (!sameJson(before.content, content))
        conflict(`${pointer}/${registry.idField}`, 'belongs to another record already');
      records.push(before);
      continue;
    }
    await assertUnique(context, registry, record, added, pointer);
    records.push(record);
    added.push(record);
  }
  return { records, effects: added.map(putRecord) };
}

/**
 * Plans the same change to records: the named fields are replaced. Raises GSB-REQ-001 when the outcome does not
 * fit the schema or would change an identifier, GSB-REQ-003 when a unique value is taken.
 */
export async function planChange(
  context: Context,
  registry: Registry,
  records: readonly RegistryRecord[],
  change: JsonObject,
  pointer: string,
): Promise<PlannedRecords> {
  const modifiedAt = context.now.toISOString();
  const changed: RegistryRecord[] = [];
  const result: RegistryRecord[] = [];
  for (const before of records) {
    const content = { ...before.content, ...change };
    if (sameJson(content, before.content)) {
      result.push(before);
      continue;
    }
    const after = buildRecord(
      registry,
      content,
      { createdAt: before.createdAt, modifiedAt },
      pointer,
      before.uuid,
    );
    if (after._id !== before._id) {
      invalid(
        `${pointer}/${registry.idField}`,
        `cannot change: the record is ${identifierOf(registry, before)}`,
      );
    }
    assertContent(context.state.schemas, registry, content, pointer);
    await assertUnique(context, registry, after, changed, pointer, before);
    changed.push(after);
    result.push(after);
  }
  return { records: result, effects: changed.map(putRecord) };
}

/** The registry gives an identifier where the request has none: the same for the same Idempotency-Key. */
function withIdentifier(
  context: Context,
  registry: Registry,
  content: JsonObject,
  index: number,
): JsonObject {
  if (identifierText(fieldValue(content, registry.idField)) !== undefined) return content;
  if (Object.hasOwn(content, registry.idField)) return content;
  return { [registry.idField]: uuidOf(`${registry._id} ${context.key} ${index}`), ...content };
}

async function assertUnique(
  { state }: Context,
  registry: Registry,
  record: RegistryRecord,
  others: readonly RegistryRecord[],
  pointer: string,
  before?: RegistryRecord,
): Promise<void> {
  for (const field of registry.uniqueFields) {
    if (before && sameLookup(registry, field, before.content, record.content)) continue;
    const text = scalarText(fieldValue(record.content, field));
    const filter = text === undefined ? undefined : lookupFilter(registry, new Map([[field, text]]));
    if (!filter) continue;
    const stored = await state.records.find({ filter, idPrefix: recordPrefix(registry), limit: 2 });
    const taken =
      stored.some(({ doc }) => doc._id !== record._id) ||
      others.some(
        (other) => other._id !== record._id && sameLookup(registry, field, other.content, record.content),
      );
    if (taken)
      conflict(`${pointer}/${field}`, `must be unique in ${registry._id}: another record has this value`);
  }
}

function putRecord(doc: RegistryRecord): Effect {
  return { kind: 'put', collection: RECORDS, doc };
}

function conflict(pointer: string, message: string): never {
  throw new SandboxError('GSB-REQ-003', {
    detail: `${pointer} ${message}`,
    extensions: { errors: [{ pointer, message }] },
  });
}

function invalid(pointer: string, message: string): never {
  throw new SandboxError('GSB-REQ-001', {
    detail: `${pointer} ${message}`,
    extensions: { errors: [{ pointer, message }] },
  });
}
