import { createHash } from 'node:crypto';
import type { JsonObject } from '../../contracts/json.js';
import type { OperationContext } from '../kit/block-definition.js';
import { fieldValue } from './field-value.js';
import { HALF_PAIR, identifierOf, identifierText, type RegistryRecord } from './record.js';
import type { Registry } from './registry.js';
import type { RequestedFields } from './requested-fields.js';
import type { RegistriesState } from './state.js';
import type { UsageEntry } from './usage-entry.js';

/** Logs the reading of records, if this registry's records are about persons. */
export async function logReading(
  context: OperationContext<RegistriesState>,
  registry: Registry,
  records: readonly RegistryRecord[],
  fields: RequestedFields,
): Promise<void> {
  const read = records.flatMap((record) => {
    const person = personOf(registry, record);
    return person === undefined ? [] : [{ person, record: identifierOf(registry, record) }];
  });
  const [only] = read;
  if (!only) return;
  const at = context.now.toISOString();
  const who = read.length === 1 ? `persons/${encodeURIComponent(only.person)}` : 'pages';
  const key = createHash('sha256').update(`${context.operationId} ${context.key}`).digest('base64url');
  await context.state.usage.put({
    _id: `${registry.name}/${who}/${at}/${key}`,
    client: context.client ?? 'unknown',
    operation: context.operationId,
    at,
    ...(fields === undefined ? {} : { fields }),
    read,
  });
}

function personOf(registry: Registry, record: RegistryRecord): string | undefined {
  const text =
    registry.personField === undefined
      ? undefined
      : identifierText(fieldValue(record.content, registry.personField));
  return text !== undefined && text !== '' && text.length <= 120 && !HALF_PAIR.test(text) ? text : undefined;
}

/** Every reading of a person's records in a registry (all versions), oldest first, as the published answer has it. */
export async function readingsOf(
  state: RegistriesState,
  registryName: string,
  person: string,
): Promise<readonly JsonObject[]> {
  const single = !HALF_PAIR.test(person)
    ? await state.usage.find({ idPrefix: `${registryName}/persons/${encodeURIComponent(person)}/` })
    : [];
  const pages = await state.usage.find({ idPrefix: `${registryName}/pages/` });
  return [...single, ...pages]
    .map(({ doc }) => ({ ...doc, read: doc.read.filter((reference) => reference.person === person) }))
    .filter(({ read }) => read.length > 0)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(toPublished);
}

function toPublished(entry: UsageEntry): JsonObject {
  const [instance, memberClass, member, ...application] = entry.client.split('/');
  return {
    id: entry._id.slice(entry._id.lastIndexOf('/') + 1),
    readerId: entry.client,
    ...(member === undefined
      ? {}
      : {
          readerInstitutionId: `${instance ?? ''}/${memberClass ?? ''}/${member}`,
          readerInstitutionName: member,
        }),
    ...(application.length === 0 ? {} : { readerApplicationName: application.join('/') }),
    searchDateTime: entry.at,
    refrences: entry.read.map(({ record }) => ({ ReferenceId: record })),
    operation: entry.operation,
    ...(entry.fields === undefined ? {} : { fields: entry.fields }),
  };
}
