import type { Json } from '../../contracts/json.js';

/**
 * One text for equal JSON values, so that hashes do not depend on the order in which a store keeps keys:
 * keys sorted by UTF-16 code units, no white space, absent members left out, numbers as ECMAScript prints them.
 */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
