import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv | Ajv2020) => void;

/** Schemas that were used lately, by their text. */
const MOST_COMPILED = 200;
const compiled = new Map<string, ValidateFunction>();

/** The JSON Schema of an event type, draft 7 unless it says 2020-12. Raises GSB-REQ-001 for one that is none. */
export function compileEventSchema(schema: JsonObject): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const { $schema, ...rest } = schema;
  const options = { strict: false, allErrors: true, logger: false } as const;
  const ajv =
    typeof $schema === 'string' && $schema.includes('2020-12') ? new Ajv2020(options) : new Ajv(options);
  addFormats(ajv);
  try {
    const made = ajv.compile(rest);
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(text, made);
    return made;
  } catch (cause) {
    throw new SandboxError('GSB-REQ-001', {
      detail: `/body/schema: not a JSON Schema: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
}

/** Raises GSB-REQ-001 naming the field when an event does not fit its type. */
export function assertFits(schema: JsonObject, event: JsonObject): void {
  const validate = compileEventSchema(schema);
  if (validate(event)) return;
  const detail = (validate.errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message }) => `/body/event${instancePath}: ${message ?? 'is not valid'}`)
    .join('; ');
  throw new SandboxError('GSB-REQ-001', { detail });
}
