import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
/** Keywords that mean the same in JSON Schema; the database API adds others (`id`, `triggers`), which do not. */
const KEPT = ['title', 'description', 'enum', 'minLength', 'maxLength', 'minimum', 'maximum'];

/**
 * The JSON Schema in a schema of the database API. Candidates are free with it: a type may be a phrase ("some string"),
 * of which only the word that is a type counts.
 */
export function contentSchemaOf(definition: JsonObject): JsonObject {
  const schema: Record<string, Json> = {};
  for (const keyword of KEPT)
    if (isPlausible(keyword, definition[keyword])) schema[keyword] = definition[keyword] ?? null;
  const type = typeof definition['type'] === 'string' ? typeOf(definition['type']) : undefined;
  if (type !== undefined) schema['type'] = type;
  if (isJsonObject(definition['items'])) schema['items'] = contentSchemaOf(definition['items']);
  const { properties, required } = definition;
  if (isJsonObject(properties)) {
    schema['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        isJsonObject(value) ? contentSchemaOf(value) : true,
      ]),
    );
    // What has members is an object, whatever it is called.
    schema['type'] = 'object';
  }
  if (Array.isArray(required))
    schema['required'] = [...new Set(required as readonly Json[])].filter((name) => typeof name === 'string');
  return schema;
}

/** The property that identifies a record: the one marked `primaryKey`, else `ID` or `id`. */
export function identifyingField({ properties }: JsonObject): string {
  const fields = isJsonObject(properties) ? Object.entries(properties) : [];
  const marked = fields.find(([, value]) => isJsonObject(value) && value['primaryKey'] === true);
  return marked?.[0] ?? (fields.some(([name]) => name === 'ID') ? 'ID' : 'id');
}

function typeOf(phrase: string): string | undefined {
  return phrase
    .toLowerCase()
    .split(/\W+/)
    .find((word) => TYPES.includes(word));
}

function isPlausible(keyword: string, value: Json | undefined): boolean {
  switch (keyword) {
    case 'enum':
      return Array.isArray(value) && value.length > 0;
    case 'title':
    case 'description':
      return typeof value === 'string';
    case 'minLength':
    case 'maxLength':
      return Number.isInteger(value) && (value as number) >= 0;
    default:
      return typeof value === 'number';
  }
}
