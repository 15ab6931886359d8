import type { Filter } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import { fieldValue, scalarText } from './field-value.js';

/**
 * Registries are data, but a collection's indexes are fixed. So each record carries a few slots; a registry's
 * lookup fields take one each, in the order of its definition, as text that names registry, field and value.
 */
export const lookupSlots = ['s1', 's2', 's3', 's4', 's5', 's6'] as const;

export const lookupIndexes: readonly string[] = lookupSlots.map(indexPath);

interface Lookups {
  readonly _id: string;
  readonly lookupFields: readonly string[];
}

export function lookupsOf(registry: Lookups, content: JsonObject): Record<string, string> {
  const lookups: Record<string, string> = {};
  for (const [index, field] of registry.lookupFields.entries()) {
    const slot = lookupSlots[index];
    const text = scalarText(fieldValue(content, field));
    if (slot !== undefined && text !== undefined) lookups[slot] = slotText(registry, field, text);
  }
  return lookups;
}

/** The filter that finds records by the text of some lookup fields; undefined when none of `wanted` is one. */
export function lookupFilter(registry: Lookups, wanted: ReadonlyMap<string, string>): Filter | undefined {
  const entries = registry.lookupFields.flatMap((field, index): [string, string][] => {
    const slot = lookupSlots[index];
    const text = wanted.get(field);
    return slot === undefined || text === undefined
      ? []
      : [[indexPath(slot), slotText(registry, field, text)]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

export function isLookupField(registry: Lookups, field: string): boolean {
  return registry.lookupFields.includes(field);
}

export function sameLookup(registry: Lookups, field: string, a: JsonObject, b: JsonObject): boolean {
  const text = (content: JsonObject): string | undefined => scalarText(fieldValue(content, field));
  return text(a) !== undefined && text(a) === text(b);
}

function indexPath(slot: string): string {
  return `lookups.${slot}`;
}

function slotText(registry: Lookups, field: string, text: string): string {
  return `${registry._id}/${field}=${text}`;
}
