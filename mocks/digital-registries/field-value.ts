import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/** The value of a field of a record: by its own name, else by a path with dots into nested content. */
export function fieldValue(content: JsonObject, field: string): Json | undefined {
  if (Object.hasOwn(content, field)) return content[field];
  let at: Json | undefined = content;
  for (const step of field.split('.')) {
    if (!isJsonObject(at) || !Object.hasOwn(at, step)) return undefined;
    at = at[step];
  }
  return at;
}

/** A scalar as query parameters spell it; undefined for lists, objects, null and nothing. */
export function scalarText(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** Whether `actual` has everything that `wanted` has: objects member by member, all else equal. */
export function contains(actual: Json | undefined, wanted: Json | undefined): boolean {
  if (isJsonObject(wanted)) {
    if (!isJsonObject(actual)) return false;
    return Object.entries(wanted).every(([name, value]) => contains(actual[name], value));
  }
  return sameJson(actual, wanted);
}

/** Equality of JSON values, whatever the order of members; an undefined member counts as absent. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((item, index) => sameJson(item as Json, (b as readonly Json[])[index]))
    );
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => sameJson(a[name], b[name]));
  }
  return a === b;
}
