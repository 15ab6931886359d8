import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { resolveReference } from '../../../mocks/kit/operation-table.js';
import type { Fuzz } from '../../app/fuzz-values.js';
import type { ValuePool } from './value-pool.js';

/** Makes values that fit a schema, mostly: of what the pool knows, of its examples, or made up. */
export interface SchemaValues {
  make(schema: JsonObject, name: string, depth?: number): Json;
}

const DEEPEST = 7;
/** Numbers from 0 to 1. */
export const shares: readonly number[] = Array.from({ length: 997 }, (_, at) => at / 997);

export function createSchemaValues(document: JsonObject, fuzz: Fuzz, pool: ValuePool): SchemaValues {
  const { pick, chance } = fuzz;
  const whole = (low: number, high: number): number => low + Math.floor(pick(shares) * (high - low + 1));

  function make(given: JsonObject, name: string, depth = 0): Json {
    const schema = flatten(given);
    const { type } = schema;
    const types = (Array.isArray(type) ? type : [type]) as readonly (Json | undefined)[];
    const constant = schema['const'];
    if (constant !== undefined) return constant;
    if (Array.isArray(schema['enum'])) return pick(schema['enum'] as readonly Json[]);
    const wanted = types.length === 1 ? types[0] : pick(types);
    const isScalar = wanted !== 'object' && wanted !== 'array';
    if (isScalar && chance(0.65)) {
      const known = pool.seen(name).filter((value) => fits(value, schema, wanted));
      if (known.length > 0) return chance(0.5) ? known.at(-1)! : pick(known);
    }
    const examples = [
      schema['example'],
      ...(Array.isArray(schema['examples']) ? (schema['examples'] as readonly Json[]) : []),
    ];
    const shown = examples.filter((example) => example !== undefined);
    if (shown.length > 0 && chance(0.5)) return pick(shown);
    const choice = schema['oneOf'] ?? schema['anyOf'];
    if (Array.isArray(choice) && choice.length > 0) {
      const { oneOf: _one, anyOf: _any, ...rest } = schema;
      const chosen = flatten(pick(choice as readonly JsonObject[]));
      return make(merge(rest, chosen), name, depth + 1);
    }
    switch (wanted) {
      case 'null':
        return null;
      case 'boolean':
        return chance(0.5);
      case 'integer':
        return numberOf(schema, true);
      case 'number':
        return numberOf(schema, chance(0.5));
      case 'array': {
        const least = numeric(schema['minItems'], 0);
        const most = Math.min(numeric(schema['maxItems'], least + 3), least + 3);
        const size = depth > DEEPEST ? least : whole(least, most);
        const items = isJsonObject(schema['items']) ? schema['items'] : {};
        return Array.from({ length: size }, () => make(items, name.replace(/s$/, ''), depth + 1));
      }
      case 'string':
        return textOf(schema, name);
      case 'object':
        return objectOf(schema, name, depth);
      default:
        if (isJsonObject(schema['properties'])) return objectOf(schema, name, depth);
        return JSON.parse(chance(0.5) ? '"text"' : fuzz.json(2)) as Json;
    }
  }

  function objectOf(schema: JsonObject, name: string, depth: number): Json {
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const required = Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : [];
    const share = depth > DEEPEST ? 0 : pick([0.2, 0.6, 0.95]);
    const members = Object.keys(properties)
      .filter((member) => required.includes(member) || chance(share))
      .map((member): [string, Json] => {
        const sub = isJsonObject(properties[member]) ? properties[member] : {};
        const own = flatten(sub);
        const isId = /^(id|name|code|number)$/i.test(member);
        const known = isId && own['type'] === 'string' ? pool.seen(name + member) : [];
        return [member, known.length > 0 && chance(0.5) ? pick(known) : make(sub, member, depth + 1)];
      });
    if (Object.keys(properties).length === 0 && schema['additionalProperties'] !== false && chance(0.7)) {
      const known = ['ID', 'FirstName', 'name', 'id'].filter((member) => pool.seen(member).length > 0);
      for (const member of known) if (chance(0.4)) members.push([member, pick(pool.seen(member))]);
    }
    return Object.fromEntries(members);
  }

  /** References followed, `allOf` laid together. */
  function flatten(schema: JsonObject): JsonObject {
    const resolved = resolveReference(document, schema);
    const { allOf, ...rest } = resolved;
    if (!Array.isArray(allOf)) return resolved;
    return (allOf as readonly JsonObject[]).map(flatten).reduce(merge, rest);
  }

  function numberOf(schema: JsonObject, isWhole: boolean): number {
    const low = numeric(schema['minimum'], numeric(schema['exclusiveMinimum'], 0));
    const high = Math.max(low, numeric(schema['maximum'], low + pick([3, 100, 10_000])));
    return whole(low, high) + (isWhole ? 0 : pick([0, 0.5, 0.01]));
  }

  function textOf(schema: JsonObject, name: string): string {
    const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : undefined;
    const least = numeric(schema['minLength'], 0);
    const most = numeric(schema['maxLength'], Math.max(least, 40));
    const made = formatted(schema['format'], fuzz) ?? pick(texts(name, least, most));
    if (pattern === undefined) return Array.from(made.padEnd(least, 'A')).slice(0, most).join('');
    const fitting = [made, ...patterned].filter(
      (text) => pattern.test(text) && text.length >= least && text.length <= most,
    );
    return fitting.length > 0 ? pick(fitting) : made;
  }

  return { make };
}

function merge(one: JsonObject, other: JsonObject): JsonObject {
  const properties = {
    ...(isJsonObject(one['properties']) ? one['properties'] : {}),
    ...(isJsonObject(other['properties']) ? other['properties'] : {}),
  };
  const required = [one['required'], other['required']].flatMap((list) =>
    Array.isArray(list) ? (list as readonly string[]) : [],
  );
  return { ...one, ...other, properties, required };
}

/** For schemas with a pattern: something of every kind that our contracts ask for. */
const patterned = [
  'USD',
  'EUR',
  'scheduled',
  'delivered,bounced',
  'en',
  'pt-BR',
  '1234567890123456',
  '5',
  'event_id:1',
  '2026-01-05T09:00:00Z',
  'A1',
];

const texts = (name: string, least: number, most: number): readonly string[] => [
  name,
  'Amina',
  'text with spaces',
  'ስም 名前',
  '251900000001',
  '251900000003',
  'amina@mail.example',
  '+999123456',
  'a'.repeat(Math.max(least, 1)),
  'b'.repeat(Math.min(most, 200)),
  'A1B2C3D4E5F6',
];

function formatted(format: Json | undefined, { pick }: Fuzz): string | undefined {
  switch (format) {
    case 'date':
      return pick(['2026-01-05', '2024-02-29', '1970-01-01']);
    case 'date-time':
      return pick(['2026-01-05T09:00:00Z', '2026-01-05T09:00:00.123+03:00', '1999-12-31T23:59:59Z']);
    case 'uuid':
      return pick(['80bcb084-fa17-11ed-be56-0242ac120002', '00000000-0000-4000-8000-000000000000']);
    case 'uri':
    case 'uri-reference':
      // Nobody listens there: callbacks are refused at once.
      return pick(['http://127.0.0.1:9/callback', 'http://127.0.0.1:9/', 'https://127.0.0.1:9/a?b=c']);
    case 'email':
      return 'amina@mail.example';
    default:
      return undefined;
  }
}

const numeric = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

function fits(value: string | number | boolean, schema: JsonObject, type: Json | undefined): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type !== undefined && typeof value !== type) return false;
  if (typeof value !== 'string') return true;
  const pattern = schema['pattern'];
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) return false;
  return (
    value.length >= numeric(schema['minLength'], 0) && value.length <= numeric(schema['maxLength'], 10_000)
  );
}
