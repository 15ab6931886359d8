import { z } from 'zod';
import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import { lookupSlots } from './lookups.js';

/** One registry in one version: data, brought by the use cases. */
export interface Registry extends Document {
  /** `name/version`. */
  readonly _id: string;
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly institution: string;
  /** JSON Schema (2020-12) of a record's content. */
  readonly schema: JsonObject;
  /** The field that identifies a record. */
  readonly idField: string;
  /** The field that names the person a record is about: then each reading is logged. */
  readonly personField?: string;
  /** No two records share a value of such a field. */
  readonly uniqueFields: readonly string[];
  /** Fields that are found quickly by their exact value, unique fields and `personField` among them. */
  readonly lookupFields: readonly string[];
}

const fieldName = z.string().min(1).max(100);

const registrySeedSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'must be a word of letters, digits, - or _'),
  version: z.string().regex(/^\d[A-Za-z0-9._-]{0,19}$/, 'must start with a digit'),
  title: z.string().min(1),
  institution: z.string().min(1),
  schema: z.custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be a JSON Schema',
  ),
  idField: fieldName.default('id'),
  personField: fieldName.optional(),
  uniqueFields: z.array(fieldName).default([]),
  indexes: z.array(fieldName).default([]),
});

/** Reads one entry of the seed collection `registries`. Raises a ZodError. */
export function parseRegistry(seed: JsonObject): Registry {
  const { indexes, personField, ...rest } = registrySeedSchema.parse(seed);
  const lookupFields = [
    ...new Set([...(personField === undefined ? [] : [personField]), ...rest.uniqueFields, ...indexes]),
  ].filter((field) => field !== rest.idField);
  if (lookupFields.length > lookupSlots.length) {
    throw new z.ZodError([
      {
        code: 'custom',
        path: ['indexes'],
        input: indexes,
        message: `personField, uniqueFields and indexes may name ${lookupSlots.length} fields together, not ${lookupFields.length}`,
      },
    ]);
  }
  return {
    _id: registryId(rest.name, rest.version),
    ...rest,
    ...(personField === undefined ? {} : { personField }),
    lookupFields,
  };
}

export function registryId(name: string, version: string): string {
  return `${name}/${version}`;
}
