import type { Json, JsonObject } from '../../contracts/json.js';
import { contains, fieldValue, scalarText } from './field-value.js';
import { isLookupField, lookupFilter } from './lookups.js';
import type { Registry } from './registry.js';
import type { Filter } from '../../contracts/documents.js';

/** One thing that the content of a record must satisfy. */
export interface Condition {
  /** Named when the condition says: this field, as text, equals `text`. */
  readonly exact?: { readonly field: string; readonly text: string };
  holds(content: JsonObject): boolean;
}

/** The content must have all of `wanted` (`query.content` of a request). */
export function contentConditions(wanted: JsonObject): readonly Condition[] {
  return Object.entries(wanted).map(([field, value]) => {
    const text = scalarText(value);
    return {
      ...(text === undefined ? {} : { exact: { field, text } }),
      holds: (content) => contains(fieldValue(content, field) ?? null, value ?? null),
    };
  });
}

/** A field equals a text that came as a query parameter, so 5 and "5" are the same. */
export function textCondition(field: string, text: string): Condition {
  return { exact: { field, text }, holds: (content) => scalarText(fieldValue(content, field)) === text };
}

/** Some field (of the named ones, if any are) equals the text, whatever its case; `*` stands for any characters. */
export function searchCondition(search: string, fields?: readonly string[]): Condition {
  const parts = search.toLowerCase().split('*');
  const matches = (value: Json | undefined): boolean => {
    const text = scalarText(value)?.toLowerCase();
    return text !== undefined && matchesParts(text, parts);
  };
  return {
    holds: (content) =>
      (fields?.map((field) => fieldValue(content, field)) ?? Object.values(content)).some(matches),
  };
}

/** Wildcards without a regular expression: a pattern from outside cannot make this slow. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

export function holdsAll(conditions: readonly Condition[], content: JsonObject): boolean {
  return conditions.every((condition) => condition.holds(content));
}

export interface SearchPlan {
  /** The identifier that any match must have. */
  readonly identifier?: string;
  /** Narrows the search to lookup fields; matches must still hold all conditions. */
  readonly filter?: Filter;
  /** The filter alone says it all (of texts; a typed condition may be narrower), so the store can count and page. */
  readonly complete: boolean;
}

export function planSearch(registry: Registry, conditions: readonly Condition[]): SearchPlan {
  const exact = new Map(
    conditions.flatMap((condition) =>
      condition.exact ? [[condition.exact.field, condition.exact.text]] : [],
    ),
  );
  const identifier = exact.get(registry.idField);
  const filter = lookupFilter(registry, exact);
  const complete =
    exact.size === conditions.length && [...exact.keys()].every((field) => isLookupField(registry, field));
  return { ...(identifier === undefined ? {} : { identifier }), ...(filter ? { filter } : {}), complete };
}
