import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { didYouMean, nearMisses } from '../../contracts/near-misses.js';
import { DEEPEST_NESTING, isNestedTooDeep } from './nesting.js';
import { resolveReference, type ContractOperation, type Query } from './operation-table.js';

/**
 * Checks requests and answers against the OpenAPI document. Validators are compiled on first use and kept.
 * Parameters arrive as text, so they are checked with coercion on a copy; bodies are taken as they are.
 */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

export interface RequestParts {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
}

export interface ContractCheck {
  request(operation: ContractOperation, parts: RequestParts): readonly FieldError[];
  answer(operation: ContractOperation, answer: GivenAnswer): readonly FieldError[];
  /**
   * Only what keeps a caller from reading an answer: another type than declared, or a required member that is not
   * there. A value, a format or a member too many does not.
   */
  unreadable(operation: ContractOperation, answer: GivenAnswer): readonly FieldError[];
}

export interface GivenAnswer {
  readonly status: number;
  readonly body: Json | undefined;
  readonly contentType: string;
}

const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);
const MOST_ERRORS_REPORTED = 20;
const MOST_NAMES_COMPARED = 50;

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

export function createContractCheck(document: JsonObject): ContractCheck {
  const bodies = newAjv(false);
  const parameters = newAjv(true);
  const cache = new Map<string, ValidateFunction | undefined>();

  function validator(
    ajv: Ajv2020,
    key: string,
    schema: () => JsonObject | undefined,
  ): ValidateFunction | undefined {
    if (cache.has(key)) return cache.get(key);
    const found = schema();
    // `components` lies beside the schema, so that `#/components/schemas/...` resolves within it.
    const compiled = found && ajv.compile({ allOf: [found], components: document.components ?? {} });
    cache.set(key, compiled);
    return compiled;
  }

  function parameterErrors(operation: ContractOperation, parts: RequestParts): readonly FieldError[] {
    const check = validator(parameters, `${operation.operationId} parameters`, () =>
      parameterSchema(operation),
    );
    if (!check) return [];
    const value = {
      path: { ...parts.path },
      query: structuredCloneOf(parts.query),
      header: { ...parts.headers },
    };
    return check(value) ? [] : toFieldErrors(check.errors, '');
  }

  function bodyErrors(operation: ContractOperation, parts: RequestParts): readonly FieldError[] {
    const declared = operation.operation.requestBody;
    if (declared === undefined) return [];
    const requestBody = resolveReference(document, declared);
    if (parts.body === undefined) {
      return requestBody.required === true ? [{ pointer: '/body', message: 'is required' }] : [];
    }
    const type = mediaType(parts.headers['content-type'] ?? 'application/json');
    const check = validator(bodies, `${operation.operationId} request ${type}`, () =>
      contentSchema(requestBody, type),
    );
    return !check || check(parts.body) ? [] : toFieldErrors(check.errors, '/body');
  }

  /** The validator of an answer's body; undefined when the contract leaves it open, an error where it allows none. */
  function answerCheck(
    operation: ContractOperation,
    { status, contentType }: GivenAnswer,
  ): ValidateFunction | undefined | FieldError {
    const responses = isJsonObject(operation.operation.responses) ? operation.operation.responses : {};
    const declared =
      responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
    if (declared === undefined) return { pointer: '/status', message: `${status} is not declared` };
    const response = resolveReference(document, declared);
    if (!isJsonObject(response.content))
      return { pointer: '/body', message: `no body is declared for ${status}` };
    const type = mediaType(contentType);
    return validator(bodies, `${operation.operationId} ${status} ${type}`, () =>
      contentSchema(response, type),
    );
  }

  return {
    request: (operation, parts) =>
      isNestedTooDeep(parts.body)
        ? [{ pointer: '/body', message: `is nested deeper than ${DEEPEST_NESTING} levels` }]
        : [...parameterErrors(operation, parts), ...bodyErrors(operation, parts)],
    answer(operation, answer) {
      const check = answerCheck(operation, answer);
      if (check !== undefined && typeof check !== 'function')
        return answer.body === undefined && check.pointer === '/body' ? [] : [check];
      if (answer.body === undefined) return [];
      return !check || check(answer.body) ? [] : toFieldErrors(check.errors, '/body');
    },
    unreadable(operation, answer) {
      const check = answerCheck(operation, answer);
      if (typeof check !== 'function' || answer.body === undefined || check(answer.body)) return [];
      const errors = (check.errors ?? []).filter(
        ({ keyword }) => keyword === 'type' || keyword === 'required',
      );
      return toFieldErrors(errors, '/body');
    },
  };
}

function newAjv(coerce: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    // Errors then hold what they are about, which tells what was meant.
    verbose: true,
    ...(coerce ? { coerceTypes: 'array' as const } : {}),
  });
  addFormats(ajv);
  return ajv;
}

function structuredCloneOf(query: Query): Record<string, string | string[]> {
  const copy: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(query))
    copy[name] = typeof value === 'string' ? value : [...value];
  return copy;
}

/** One schema for all parameters: `{path, query, header}`; undefined when nothing is declared. */
function parameterSchema(operation: ContractOperation): JsonObject | undefined {
  const places = { path: newPlace(), query: newPlace(), header: newPlace() };
  for (const parameter of operation.parameters) {
    const { in: where, name } = parameter;
    if (typeof name !== 'string' || (where !== 'path' && where !== 'query' && where !== 'header')) continue;
    const key = where === 'header' ? name.toLowerCase() : name;
    if (where === 'header' && IGNORED_HEADERS.has(key)) continue;
    places[where].properties[key] = isJsonObject(parameter.schema) ? parameter.schema : {};
    if (parameter.required === true || where === 'path') places[where].required.push(key);
  }
  const named = Object.entries(places).filter(([, place]) => Object.keys(place.properties).length > 0);
  if (named.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(([where, place]) => [where, { type: 'object', ...place }])),
  };
}

function newPlace(): { properties: Record<string, JsonObject>; required: string[] } {
  return { properties: {}, required: [] };
}

function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** The schema of a media type, else of any JSON, else of the only one declared. */
function contentSchema(holder: JsonObject, type: string): JsonObject | undefined {
  const content = isJsonObject(holder.content) ? holder.content : {};
  const keys = Object.keys(content);
  const key =
    keys.find((name) => mediaType(name) === type) ??
    keys.find((name) => name === 'application/json') ??
    (keys.length === 1 ? keys[0] : undefined);
  const entry = key === undefined ? undefined : content[key];
  return isJsonObject(entry) && isJsonObject(entry.schema) ? entry.schema : undefined;
}

function toFieldErrors(
  errors: readonly ErrorObject[] | null | undefined,
  base: string,
): readonly FieldError[] {
  return (errors ?? []).slice(0, MOST_ERRORS_REPORTED).map((error) => {
    const missing: unknown = error.keyword === 'required' ? error.params.missingProperty : undefined;
    const extra: unknown =
      error.keyword === 'additionalProperties' ? error.params.additionalProperty : undefined;
    const name = typeof missing === 'string' ? missing : typeof extra === 'string' ? extra : undefined;
    const pointer = base + error.instancePath + (name === undefined ? '' : `/${escapePointer(name)}`);
    if (missing !== undefined) return { pointer, message: `is required${insteadOf(error, name ?? '')}` };
    if (extra !== undefined) return { pointer, message: `is not known here${meantName(error, name ?? '')}` };
    const allowed: unknown = error.keyword === 'enum' ? error.params.allowedValues : undefined;
    return {
      pointer,
      message: `${error.message ?? 'is not valid'}${allowed ? `: ${JSON.stringify(allowed)}${meantValue(error, allowed)}` : ''}`,
    };
  });
}

/** A field that is not there, and one that is and should not be: mostly a misspelling. */
function insteadOf(error: ErrorObject, missing: string): string {
  const known = declaredNames(error);
  const given = isJsonObject(error.data) ? Object.keys(error.data).slice(0, MOST_NAMES_COMPARED) : [];
  const [near] = nearMisses(
    missing,
    given.filter((name) => !known.includes(name)),
    1,
  );
  return near === undefined ? '' : `; it has ${near} instead`;
}

function meantName(error: ErrorObject, extra: string): string {
  const given = isJsonObject(error.data) ? error.data : {};
  return didYouMean(
    extra,
    declaredNames(error).filter((name) => !(name in given)),
    1,
  );
}

function meantValue({ data }: ErrorObject, allowed: unknown): string {
  if (typeof data !== 'string' || !Array.isArray(allowed)) return '';
  const texts = allowed.filter((value) => typeof value === 'string');
  return didYouMean(data, texts, 1);
}

function declaredNames({ parentSchema }: ErrorObject): readonly string[] {
  const properties: unknown = parentSchema?.properties;
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
