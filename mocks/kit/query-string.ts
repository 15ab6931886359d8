import type { Query } from './operation-table.js';

/**
 * Reads a query string. Some clients of the older dialect append the whole query twice (`a=1?a=1`): a second `?`
 * that is followed by the first parameter's name starts a repetition, which is dropped.
 */
export function parseQuery(text: string): Query {
  const single = withoutRepetition(text);
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(single)) {
    if (name === '__proto__') continue;
    // `constructor` and its like are inherited, not given before.
    const before = Object.hasOwn(query, name) ? query[name] : undefined;
    if (before === undefined) query[name] = value;
    else query[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return query;
}

function withoutRepetition(text: string): string {
  const [first] = text.split('=');
  if (!first) return text;
  const again = text.indexOf(`?${first}=`);
  return again > 0 ? text.slice(0, again) : text;
}
