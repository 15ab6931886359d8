import { isJsonObject, type Json } from '../../contracts/json.js';

/**
 * OpenAPI 3.0's dialect of schemas as JSON Schema: `nullable`, boolean bounds. What documents of 3.1 say stays as it is,
 * since they use neither.
 */
export function toJsonSchema(value: Json | undefined): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(toJsonSchema);
  if (!isJsonObject(value)) return value ?? null;
  const {
    nullable,
    exclusiveMinimum,
    exclusiveMaximum,
    example: _example,
    examples: _examples,
    ...rest
  } = value;
  const members = Object.entries(rest).map(([name, member]): [string, Json] => [name, toJsonSchema(member)]);
  const schema: Record<string, Json> = Object.fromEntries(members);
  // A property may be called so, and is then a schema of its own.
  for (const [name, member] of Object.entries({
    nullable,
    exclusiveMinimum,
    exclusiveMaximum,
    example: _example,
    examples: _examples,
  }))
    if (isJsonObject(member) && !name.startsWith('example')) schema[name] = toJsonSchema(member);
  if (nullable === true && typeof schema['type'] === 'string') schema['type'] = [schema['type'], 'null'];
  bound(schema, 'minimum', 'exclusiveMinimum', exclusiveMinimum);
  bound(schema, 'maximum', 'exclusiveMaximum', exclusiveMaximum);
  return schema;
}

function bound(
  schema: Record<string, Json>,
  inclusive: string,
  exclusive: string,
  given: Json | undefined,
): void {
  if (typeof given === 'number') schema[exclusive] = given;
  if (given !== true || typeof schema[inclusive] !== 'number') return;
  schema[exclusive] = schema[inclusive];
  Reflect.deleteProperty(schema, inclusive);
}
