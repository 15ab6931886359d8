import { createHash } from 'node:crypto';
import type { Document } from '../../contracts/documents.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { fieldValue } from './field-value.js';
import { lookupsOf } from './lookups.js';
import type { Registry } from './registry.js';

export interface RegistryRecord extends Document {
  /** `name/version/identifier`, the identifier percent-encoded. */
  readonly _id: string;
  readonly uuid: string;
  readonly content: JsonObject;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly lookups: Readonly<Record<string, string>>;
}

const LONGEST_IDENTIFIER = 120;
/** Half of a surrogate pair cannot be percent-encoded. */
export const HALF_PAIR = /\p{Cs}/u;

export function recordPrefix(registry: Registry): string {
  return `${registry._id}/`;
}

/** The `_id` of the record with this identifier; undefined for a text that no record can have. */
export function recordId(registry: Registry, identifier: string): string | undefined {
  if (identifier.length === 0 || identifier.length > LONGEST_IDENTIFIER || HALF_PAIR.test(identifier))
    return undefined;
  const encoded = encodeURIComponent(identifier);
  return encoded.length > 400 ? undefined : recordPrefix(registry) + encoded;
}

/** What stands in the identifying field, as text. */
export function identifierOf(registry: Registry, record: RegistryRecord): string {
  return decodeURIComponent(record._id.slice(recordPrefix(registry).length));
}

export function identifierText(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export interface RecordTimes {
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** Raises GSB-REQ-001, naming `pointer`, when the content has no usable identifier. */
export function buildRecord(
  registry: Registry,
  content: JsonObject,
  times: RecordTimes,
  pointer: string,
  uuid?: string,
): RegistryRecord {
  const identifier = identifierText(fieldValue(content, registry.idField));
  const _id = identifier === undefined ? undefined : recordId(registry, identifier);
  if (_id === undefined) {
    const message = `must be a text of 1 to ${LONGEST_IDENTIFIER} characters, or a number: it identifies the record`;
    const at = `${pointer}/${registry.idField}`;
    throw new SandboxError('GSB-REQ-001', {
      detail: `${at} ${message}`,
      extensions: { errors: [{ pointer: at, message }] },
    });
  }
  return { _id, uuid: uuid ?? uuidOf(_id), content, ...times, lookups: lookupsOf(registry, content) };
}

/** A UUID (version 8) that always comes out the same for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
