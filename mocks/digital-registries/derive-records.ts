import type { DeriveContext, Effect } from '../kit/block-definition.js';
import { put, remove } from '../kit/effects.js';
import { fieldValue } from './field-value.js';
import { lookupsOf } from './lookups.js';
import { identifierText, recordId, recordPrefix, type RegistryRecord } from './record.js';
import type { Registry } from './registry.js';
import { RECORDS, REGISTRIES, type RegistriesState } from './state.js';

/** Where records lie and by what they are found follows from their content and from the registry's fields. */
export async function deriveRecords({
  state,
  edits,
}: DeriveContext<RegistriesState>): Promise<readonly Effect[]> {
  const written = (collection: string) =>
    edits.flatMap(({ collection: edited, after }) =>
      edited === collection && after !== undefined ? [after] : [],
    );
  const registries = new Map((await state.registries.find()).map(({ doc }) => [recordPrefix(doc), doc]));
  const changed = new Set(written(REGISTRIES).map(({ _id }) => _id));
  const ofChanged = await Promise.all(
    [...registries.values()]
      .filter(({ _id }) => changed.has(_id))
      .map((registry) => state.records.find({ idPrefix: recordPrefix(registry) })),
  );
  const records = [
    ...ofChanged.flat().map(({ doc }) => doc),
    ...written(RECORDS).map((doc) => doc as RegistryRecord),
  ];
  return records.flatMap((record) => {
    const registry = registries.get(record._id.slice(0, record._id.lastIndexOf('/') + 1));
    return registry === undefined ? [] : inPlace(registry, record);
  });
}

function inPlace(registry: Registry, record: RegistryRecord): readonly Effect[] {
  const identifier = identifierText(fieldValue(record.content, registry.idField));
  const _id = (identifier === undefined ? undefined : recordId(registry, identifier)) ?? record._id;
  const found = put(RECORDS, { ...record, _id, lookups: lookupsOf(registry, record.content) });
  return _id === record._id ? [found] : [remove(RECORDS, record._id), found];
}
