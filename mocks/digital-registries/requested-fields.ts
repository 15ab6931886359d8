import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { didYouMean } from '../../contracts/near-misses.js';
import { SandboxError } from '../../contracts/problems.js';
import { fieldValue } from './field-value.js';
import type { Registry } from './registry.js';

/** Names of the fields that a caller asked for; undefined when it asked for the whole record. */
export type RequestedFields = readonly string[] | undefined;

const HEADER = 'x-sandbox-fields';

/**
 * Reads the header `X-Sandbox-Fields` (our extension for data minimisation). Raises GSB-REQ-001 when it names
 * nothing, or a field that the registry's schema rules out: a slip would otherwise look like missing data.
 */
export function requestedFields(
  registry: Registry,
  headers: Readonly<Record<string, string>>,
): RequestedFields {
  const header = headers[HEADER];
  if (header === undefined) return undefined;
  const fields = [...new Set(header.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  if (fields.length === 0) refuse('names no field; leave the header out to read the whole record');
  const { properties, additionalProperties } = registry.schema;
  if (additionalProperties === false && isJsonObject(properties)) {
    const unknown = fields.filter(
      (field) => !Object.hasOwn(properties, field) && !Object.hasOwn(properties, field.split('.')[0] ?? ''),
    );
    const [first] = unknown;
    if (first !== undefined) {
      const near = didYouMean(first, Object.keys(properties));
      refuse(`names ${unknown.join(', ')}, which ${registry._id} does not have${near}`);
    }
  }
  return fields;
}

/**
 * Searching by a field uses that field: a caller that limits itself may search by the fields it named, and by those
 * that say which record or person is meant. Raises GSB-REQ-001 for any other; otherwise the limit would be one
 * in name only.
 */
export function assertSearchable(
  registry: Registry,
  searched: readonly string[],
  fields: RequestedFields,
): void {
  if (fields === undefined) return;
  const allowed = [registry.idField, registry.personField, ...fields];
  const others = searched.filter(
    (name) =>
      !allowed.some((field) => field !== undefined && (name === field || name.startsWith(`${field}.`))),
  );
  if (others.length > 0) refuse(`must name ${others.join(', ')} too, as the request searches by it`);
}

/** The content without what was not asked for; a name with dots reaches into nested content. */
export function onlyFields(content: JsonObject, fields: RequestedFields): JsonObject {
  if (fields === undefined) return content;
  let kept: JsonObject = {};
  for (const field of fields) {
    const value = fieldValue(content, field);
    if (value === undefined) continue;
    kept = Object.hasOwn(content, field)
      ? { ...kept, [field]: value }
      : withNested(kept, field.split('.'), value);
  }
  return kept;
}

function withNested(target: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = target[name];
  const nested = rest.length === 0 ? value : withNested(isJsonObject(inner) ? inner : {}, rest, value);
  return { ...target, [name]: nested };
}

function refuse(message: string): never {
  const pointer = `/header/${HEADER}`;
  throw new SandboxError('GSB-REQ-001', {
    detail: `${pointer} ${message}`,
    extensions: { errors: [{ pointer, message }] },
  });
}
