import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { JsonObject } from '../../contracts/json.js';
import type { EForm } from './service.js';

/** Checks form data against e-forms; keeps what it compiled. */
export interface FormSchemas {
  /** Sentences such as `/body/formData/data/region is required`; none when the data fits. */
  problems(form: EForm, data: JsonObject): readonly string[];
}

const MOST_KEPT = 100;
const MOST_REPORTED = 20;
const DATA = '/body/formData/data';

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

export function createFormSchemas(): FormSchemas {
  const compiled = new Map<string, ValidateFunction>();

  function validator(form: EForm): ValidateFunction {
    const text = JSON.stringify(form.schema);
    const known = compiled.get(text);
    if (known) return known;
    const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    const made = ajv.compile(form.schema);
    const oldest = compiled.size >= MOST_KEPT ? compiled.keys().next().value : undefined;
    if (oldest !== undefined) compiled.delete(oldest);
    compiled.set(text, made);
    return made;
  }

  return {
    problems(form, data) {
      const validate = validator(form);
      if (validate(data)) return [];
      return (validate.errors ?? []).slice(0, MOST_REPORTED).map(describe);
    },
  };
}

function describe({ keyword, instancePath, params, message }: ErrorObject): string {
  const named = params as Readonly<Record<string, unknown>>;
  const at = DATA + instancePath;
  if (keyword === 'required') return `${at}/${String(named.missingProperty)} is required`;
  if (keyword === 'additionalProperties')
    return `${at}/${String(named.additionalProperty)} is not on this form`;
  if (keyword === 'enum') return `${at} must be one of ${JSON.stringify(named.allowedValues)}`;
  return `${at} ${message ?? 'is not valid'}`;
}
