import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Registry } from './registry.js';

export interface FieldProblem {
  readonly pointer: string;
  readonly message: string;
}

/** Checks record content against the schemas of registries; keeps what it compiled. */
export interface ContentSchemas {
  /** Empty when the content fits; pointers start with `base`. Raises an Error for a schema that does not compile. */
  problems(registry: Registry, content: JsonObject, base: string): readonly FieldProblem[];
}

const MOST_KEPT = 200;
const MOST_REPORTED = 20;

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

export function createContentSchemas(): ContentSchemas {
  const compiled = new Map<string, ValidateFunction>();

  function validator(registry: Registry): ValidateFunction {
    const text = JSON.stringify(registry.schema);
    const known = compiled.get(text);
    if (known) return known;
    // One instance per schema: two registries may use the same `$id`.
    const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    const made = ajv.compile(registry.schema);
    const oldest = compiled.size >= MOST_KEPT ? compiled.keys().next().value : undefined;
    if (oldest !== undefined) compiled.delete(oldest);
    compiled.set(text, made);
    return made;
  }

  return {
    problems(registry, content, base) {
      const validate = validator(registry);
      if (validate(content)) return [];
      return (validate.errors ?? []).slice(0, MOST_REPORTED).map((error) => toProblem(error, base));
    },
  };
}

/** Raises GSB-REQ-001 with the pointers of the fields that do not fit. */
export function assertContent(
  schemas: ContentSchemas,
  registry: Registry,
  content: JsonObject,
  base: string,
): void {
  const errors = schemas.problems(registry, content, base);
  if (errors.length === 0) return;
  const detail = errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  throw new SandboxError('GSB-REQ-001', {
    detail,
    extensions: { errors: errors.map((error) => ({ ...error })) },
  });
}

function toProblem(error: ErrorObject, base: string): FieldProblem {
  const params = error.params as Readonly<Record<string, unknown>>;
  const at = base + error.instancePath;
  switch (error.keyword) {
    case 'required':
      return { pointer: `${at}/${escapePointer(String(params.missingProperty))}`, message: 'is required' };
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = params.additionalProperty ?? params.unevaluatedProperty;
      return { pointer: `${at}/${escapePointer(String(name))}`, message: 'is not known in this registry' };
    }
    case 'enum':
      return { pointer: at, message: `must be one of ${JSON.stringify(params.allowedValues)}` };
    default:
      return { pointer: at, message: error.message ?? 'is not valid' };
  }
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
