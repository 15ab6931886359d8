import { isJsonObject, type Json } from '../../contracts/json.js';

/**
 * What `actual` lacks of `expected`, as a sentence; undefined when it lacks nothing. Objects may hold more members;
 * arrays must have the same length.
 */
export function missingFrom(actual: Json | undefined, expected: Json, at = ''): string | undefined {
  const place = at === '' ? 'the answer' : at;
  if (Array.isArray(expected)) {
    const items = expected as readonly Json[];
    if (!Array.isArray(actual)) return `${place} is ${shown(actual)}, expected a list`;
    if (actual.length !== items.length)
      return `${place} has ${actual.length} entries, expected ${items.length}`;
    return first(
      items.map((item, index) => missingFrom((actual as readonly Json[])[index], item, `${at}/${index}`)),
    );
  }
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return `${place} is ${shown(actual)}, expected an object`;
    return first(
      Object.entries(expected).map(([name, member]) =>
        member === undefined ? undefined : missingFrom(actual[name], member, `${at}/${name}`),
      ),
    );
  }
  return actual === expected ? undefined : `${place} is ${shown(actual)}, expected ${shown(expected)}`;
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
