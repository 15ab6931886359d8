import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { members } from '../operation-index.js';

/** A schema with what follows its document's references. */
export interface Described {
  readonly schema: JsonObject;
  readonly resolve: (value: Json | undefined) => JsonObject;
}

/** A schema with references followed and `allOf` joined, as far as a comparison goes. */
export interface Shape {
  /** Empty when the schema does not say. */
  readonly types: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Described>;
  readonly required: ReadonlySet<string>;
  readonly items: Described | undefined;
  readonly closed: boolean;
  /** Alternatives, or other things that a comparison does not look into. */
  readonly open: boolean;
}

/** Schemas refer to themselves; deeper than this nobody compares. */
export const DEEPEST = 8;

export function shapeOf({ schema, resolve }: Described): Shape {
  const parts = joined(schema, resolve, 0);
  const types = parts.map(typesOf).find((set) => set.size > 0) ?? new Set<string>();
  const properties = new Map<string, Described>();
  for (const part of parts)
    for (const [name, one] of members(part['properties']))
      properties.set(name, { schema: isJsonObject(one) ? one : {}, resolve });
  const items = parts.map((part) => part['items']).find(isJsonObject);
  return {
    types: types.size === 0 && properties.size > 0 ? new Set(['object']) : types,
    properties,
    required: new Set(parts.flatMap((part) => textsIn(part['required']))),
    items: items && { schema: items, resolve },
    closed: parts.some((part) => part['additionalProperties'] === false),
    open: parts.some((part) => part['oneOf'] !== undefined || part['anyOf'] !== undefined),
  };
}

function joined(
  schema: Json | undefined,
  resolve: Described['resolve'],
  depth: number,
): readonly JsonObject[] {
  const found = resolve(schema);
  if (depth > DEEPEST) return [found];
  const all = Array.isArray(found['allOf']) ? (found['allOf'] as readonly Json[]) : [];
  return [found, ...all.flatMap((one) => joined(one, resolve, depth + 1))];
}

/** Without null: whether a member may be null says little about whether it can be read. */
function typesOf({ type }: JsonObject): ReadonlySet<string> {
  const named = typeof type === 'string' ? [type] : textsIn(type);
  return new Set(named.filter((one) => one !== 'null'));
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value)
    ? (value as readonly Json[]).filter((one): one is string => typeof one === 'string')
    : [];
}

/** Those that are not among what the other side can take or give; an integer is a number too. */
export function strangeTypes(given: ReadonlySet<string>, taken: ReadonlySet<string>): readonly string[] {
  if (given.size === 0 || taken.size === 0) return [];
  return [...given].filter((type) => !taken.has(type) && !(type === 'integer' && taken.has('number')));
}
