import { isJsonObject, type Json } from '../../contracts/json.js';
import type { Parameter } from './operation-index.js';

/**
 * Writes parameter values as OpenAPI 3.1 (Parameter Object, Style Values) says. What it leaves open, objects within
 * an exploded form object, is written as JSON text, as Swagger UI does; `deepObject` nests brackets to any depth.
 */
export type QueryPart = readonly [name: string, value: string];

export function toText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `style: simple`, for path segments (not yet percent-encoded) and headers. */
export function simpleStyle(parameter: Parameter, value: Json): string {
  if (parameter.json) return JSON.stringify(value);
  if (isList(value)) return value.map(toText).join(',');
  if (!isJsonObject(value)) return toText(value);
  return membersOf(value)
    .map(([name, member]) => (parameter.explode ? `${name}=${toText(member)}` : `${name},${toText(member)}`))
    .join(',');
}

/** Query parameters as name and value pairs (not yet percent-encoded). */
export function queryStyle(parameter: Parameter, value: Json): readonly QueryPart[] {
  const { name, style, explode } = parameter;
  if (parameter.json) return [[name, JSON.stringify(value)]];
  if (style === 'deepObject') return deepObject(name, value);
  if (isList(value)) {
    if (explode) return value.map((item) => [name, toText(item)] as const);
    return [[name, value.map(toText).join(DELIMITERS[style] ?? ',')]];
  }
  if (!isJsonObject(value)) return [[name, toText(value)]];
  if (explode) return membersOf(value).map(([key, member]) => [key, toText(member)] as const);
  return [
    [
      name,
      membersOf(value)
        .map(([key, member]) => `${key},${toText(member)}`)
        .join(','),
    ],
  ];
}

/** Between the items of a list that is not exploded; `tabDelimited` is Swagger 2.0's `tsv`. */
export const DELIMITERS: Readonly<Record<string, string>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

function deepObject(name: string, value: Json): readonly QueryPart[] {
  if (isList(value)) return value.flatMap((item, index) => deepObject(`${name}[${index}]`, item));
  if (!isJsonObject(value)) return value === null ? [] : [[name, toText(value)]];
  return membersOf(value).flatMap(([key, member]) => deepObject(`${name}[${key}]`, member));
}

export function membersOf(value: Json): readonly (readonly [string, Json])[] {
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, member] as const]))
    : [];
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
