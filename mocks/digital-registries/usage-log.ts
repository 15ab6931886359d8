import { createHash } from 'node:crypto';
import type { OperationContext, PutEffect } from '../kit/block-definition.js';
import { put } from '../kit/effects.js';
import { fieldValue } from './field-value.js';
import { HALF_PAIR, identifierOf, identifierText, type RegistryRecord } from './record.js';
import type { Registry } from './registry.js';
import type { RequestedFields } from './requested-fields.js';
import { USAGE, type RegistriesState } from './state.js';
import { usageId, type UsageEntry } from './usage-entry.js';

/** What the log is to hold of a reading of records: nothing where this registry's records are not about persons. */
export function logReading(
  context: OperationContext<RegistriesState>,
  registry: Registry,
  records: readonly RegistryRecord[],
  fields: RequestedFields,
): readonly PutEffect[] {
  const read = records.flatMap((record) => {
    const person = personOf(registry, record);
    return person === undefined ? [] : [{ person, record: identifierOf(registry, record) }];
  });
  const [only] = read;
  if (!only) return [];
  const at = context.now.toISOString();
  const person = read.length === 1 ? only.person : undefined;
  const key = createHash('sha256').update(`${context.operationId} ${context.key}`).digest('base64url');
  const entry: UsageEntry = {
    _id: usageId(registry.name, person, at, key),
    client: context.client ?? 'unknown',
    operation: context.operationId,
    at,
    ...(fields === undefined ? {} : { fields }),
    read,
  };
  return [put(USAGE, entry)];
}

function personOf(registry: Registry, record: RegistryRecord): string | undefined {
  const text =
    registry.personField === undefined
      ? undefined
      : identifierText(fieldValue(record.content, registry.personField));
  return text !== undefined && text !== '' && text.length <= 120 && !HALF_PAIR.test(text) ? text : undefined;
}

/** Every reading of a person's records in a registry (all versions), oldest first. */
export async function usageOf(
  state: RegistriesState,
  registryName: string,
  person: string,
): Promise<readonly UsageEntry[]> {
  const single = !HALF_PAIR.test(person)
    ? await state.usage.find({ idPrefix: `${registryName}/persons/${encodeURIComponent(person)}/` })
    : [];
  const pages = await state.usage.find({ idPrefix: `${registryName}/pages/` });
  return [...single, ...pages]
    .map(({ doc }) => ({ ...doc, read: doc.read.filter((reference) => reference.person === person) }))
    .filter(({ read }) => read.length > 0)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
