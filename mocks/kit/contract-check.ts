import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
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
  answer(
    operation: ContractOperation,
    answer: { readonly status: number; readonly body: Json | undefined; readonly contentType: string },
  ): readonly FieldError[];
}

const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);
const MOST_ERRORS_REPORTED = 20;

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
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(parts.headers)) headers[name] = value;
    const value = { path: { ...parts.path }, query: structuredCloneOf(parts.query), header: headers };
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

  return {
    request: (operation, parts) =>
      isNestedTooDeep(parts.body)
        ? [{ pointer: '/body', message: `is nested deeper than ${DEEPEST_NESTING} levels` }]
        : [...parameterErrors(operation, parts), ...bodyErrors(operation, parts)],
    answer(operation, { status, body, contentType }) {
      const responses = isJsonObject(operation.operation.responses) ? operation.operation.responses : {};
      const declared =
        responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
      if (declared === undefined) return [{ pointer: '/status', message: `${status} is not declared` }];
      const response = resolveReference(document, declared);
      if (body === undefined) return [];
      if (!isJsonObject(response.content))
        return [{ pointer: '/body', message: `no body is declared for ${status}` }];
      const type = mediaType(contentType);
      const check = validator(bodies, `${operation.operationId} ${status} ${type}`, () =>
        contentSchema(response, type),
      );
      return !check || check(body) ? [] : toFieldErrors(check.errors, '/body');
    },
  };
}

function newAjv(coerce: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
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
    if (missing !== undefined) return { pointer, message: 'is required' };
    if (extra !== undefined) return { pointer, message: 'is not known here' };
    const allowed: unknown = error.keyword === 'enum' ? error.params.allowedValues : undefined;
    return {
      pointer,
      message: `${error.message ?? 'is not valid'}${allowed ? `: ${JSON.stringify(allowed)}` : ''}`,
    };
  });
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
