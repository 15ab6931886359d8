import { z } from 'zod';
import type { Document } from '../../contracts/documents.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';

/** Something that people can apply for. */
export interface Service extends Document {
  /** A UUID, as published. */
  readonly _id: string;
  readonly name: string;
  readonly version: string;
  readonly type: 'None' | 'Private' | 'Public';
  readonly isExecutable: boolean;
  readonly isClosed: boolean;
  readonly description?: string;
  readonly serviceBody: readonly JsonObject[];
  /** Identifiers of its e-forms. */
  readonly eForms: readonly string[];
  /** The role that reviews applications. */
  readonly role: { readonly id: string; readonly name: string };
}

export interface EForm extends Document {
  readonly _id: string;
  readonly name: string;
  readonly description?: string;
  readonly version: string;
  readonly latest: boolean;
  /** JSON Schema (2020-12) of the form data. */
  readonly schema: JsonObject;
}

const text = z.string().min(1).max(200);

const serviceSeedSchema = z.strictObject({
  id: z.uuid().transform((id) => id.toLowerCase()),
  name: text,
  version: text.default('1'),
  type: z.enum(['None', 'Private', 'Public']).default('Public'),
  isExecutable: z.boolean().default(true),
  isClosed: z.boolean().default(false),
  description: z.string().optional(),
  serviceBody: z.array(z.strictObject({ code: z.string(), value: z.string() })).default([]),
  eForms: z.array(text).default([]),
  role: z.strictObject({ id: text, name: text }).default({ id: 'case-officer', name: 'Case officer' }),
});

const eFormSeedSchema = z.strictObject({
  eFormId: text,
  name: text,
  description: z.string().optional(),
  version: text.default('1'),
  latest: z.boolean().default(true),
  schema: z.custom<JsonObject>(isJsonObject, 'must be a JSON Schema'),
});

/** Reads one entry of the seed collection `services`. Raises a ZodError. */
export function parseService(seed: JsonObject): Service {
  const { id, description, ...rest } = serviceSeedSchema.parse(seed);
  return { _id: id, ...rest, ...(description === undefined ? {} : { description }) };
}

/** Reads one entry of the seed collection `eForms`. Raises a ZodError. */
export function parseEForm(seed: JsonObject): EForm {
  const { eFormId, description, ...rest } = eFormSeedSchema.parse(seed);
  return { _id: eFormId, ...rest, ...(description === undefined ? {} : { description }) };
}

export function serviceView({ _id, eForms: _eForms, role: _role, ...rest }: Service): JsonObject {
  return { id: _id, ...rest };
}

export function eFormItemView({ _id, schema: _schema, ...rest }: EForm): JsonObject {
  return { eFormId: _id, ...rest };
}

export function eFormView(form: EForm): JsonObject {
  return { ...eFormItemView(form), schema: form.schema };
}
