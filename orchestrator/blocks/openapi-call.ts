import type { BlockRequest } from '../../contracts/block.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { ServiceDefinition } from '../../contracts/use-case.js';
import type { DocumentedOperation, OperationIndex, Parameter } from './operation-index.js';
import { queryStyle, simpleStyle, type QueryPart } from './parameter-style.js';
import { encodeBody } from './request-body.js';

export interface OpenApiCall {
  readonly operationId: string;
  /** By name; header names in any case; the request body under `body`. */
  readonly parameters: JsonObject;
  /** Further headers that the runtime adds, such as the Idempotency-Key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Set by the mediator on every call, so no workflow needs to. */
const SET_BY_MEDIATOR = new Set([
  'x-govstack-client',
  'information-mediator-client',
  'x-road-client',
  'x-road-id',
]);
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/**
 * The request, below the service, that a workflow's `call: openapi` means (OWS DSL 1.0.3, OpenAPI Call).
 * Raises GSB-BLK-003 for an operation that the service does not offer, and GSB-REQ-001, naming the parameter, for a
 * missing, unknown or contradicting one: the workflow's fault.
 */
export function toBlockRequest(
  operations: OperationIndex,
  service: Pick<ServiceDefinition, 'basePath' | 'fixed'>,
  call: OpenApiCall,
): BlockRequest {
  const operation = operations.get(call.operationId);
  if (!operation)
    throw unknownOperation(call.operationId, 'there is no such operationId in its OpenAPI document');
  const values = new Map(Object.entries(call.parameters).flatMap(([name, value]) => given(name, value)));
  const fixed = service.fixed ?? {};
  const used = new Set<string>();
  const path: Record<string, string> = {};
  const query: QueryPart[] = Object.entries(operation.when);
  const headers: Record<string, string> = { accept: 'application/json' };

  for (const parameter of operation.parameters) {
    const name = nameIn(values, parameter);
    if (name !== undefined) used.add(name);
    const value = (name === undefined ? undefined : values.get(name)) ?? parameter.default;
    const preset = parameter.in === 'path' ? fixed[parameter.name] : whenOf(operation, parameter);
    if (preset !== undefined) {
      if (value !== undefined && name !== undefined && simpleStyle(parameter, value) !== preset) {
        throw invalid(operation, parameter.name, `is fixed to ${preset} by the service`);
      }
      if (parameter.in === 'path') path[parameter.name] = preset;
    } else if (value === undefined) {
      if (parameter.required && !setElsewhere(parameter, call)) throw missing(operation, parameter);
    } else if (parameter.in === 'path') {
      const text = simpleStyle(parameter, value);
      if (text === '') throw invalid(operation, parameter.name, 'is empty');
      path[parameter.name] = text;
    } else if (parameter.in === 'query') query.push(...queryStyle(parameter, value));
    else if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = simpleStyle(parameter, value);
  }
  const asked = headersFrom(call, values, used);
  const body = bodyOf(operation, values, used, asked['content-type']);
  for (const name of values.keys()) {
    if (!used.has(name)) throw invalid(operation, name, `is not a parameter of it (${namesOf(operation)})`);
  }
  return {
    method: operation.method,
    path: pathBelow(service.basePath, operation, path),
    query: joinQuery(query),
    headers: { ...headers, ...(body && { 'content-type': body.contentType }), ...asked },
    ...(body && { body: body.body }),
  };
}

/** A parameter that evaluates to null was left out. */
function given(name: string, value: Json | undefined): readonly (readonly [string, Json])[] {
  return value === undefined || (value === null && name !== 'body') ? [] : [[name, value]];
}

function nameIn(values: ReadonlyMap<string, Json>, parameter: Parameter): string | undefined {
  if (values.has(parameter.name)) return parameter.name;
  if (parameter.in !== 'header') return undefined;
  const wanted = parameter.name.toLowerCase();
  return [...values.keys()].find((name) => name.toLowerCase() === wanted);
}

function whenOf(operation: DocumentedOperation, parameter: Parameter): string | undefined {
  return parameter.in === 'query' ? operation.when[parameter.name] : undefined;
}

function setElsewhere(parameter: Parameter, call: OpenApiCall): boolean {
  if (parameter.in !== 'header') return parameter.in === 'cookie';
  const name = parameter.name.toLowerCase();
  return (
    SET_BY_MEDIATOR.has(name) ||
    IGNORED_HEADERS.has(name) ||
    Object.keys(call.headers ?? {}).some((key) => key.toLowerCase() === name)
  );
}

/** Headers of the runtime, and `X-...` parameters that the document does not declare, such as X-Sandbox-Fields. */
function headersFrom(
  call: OpenApiCall,
  values: ReadonlyMap<string, Json>,
  used: Set<string>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of values) {
    if (used.has(name) || !/^(x-|accept$|content-type$|authorization$)/i.test(name)) continue;
    used.add(name);
    headers[name.toLowerCase()] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  for (const [name, value] of Object.entries(call.headers ?? {})) headers[name.toLowerCase()] = value;
  return headers;
}

function bodyOf(
  operation: DocumentedOperation,
  values: ReadonlyMap<string, Json>,
  used: Set<string>,
  contentType: string | undefined,
): ReturnType<typeof encodeBody> | undefined {
  const { requestBody } = operation;
  if (requestBody === undefined || used.has('body')) return undefined;
  const value = values.get('body');
  if (value === undefined) {
    if (requestBody.required) throw invalid(operation, 'body', 'is required: the request body');
    return undefined;
  }
  used.add('body');
  return encodeBody(requestBody, value, contentType);
}

function pathBelow(
  basePath: string | undefined,
  operation: DocumentedOperation,
  path: Readonly<Record<string, string>>,
): string {
  const filled = operation.template.replace(/\{([^}]+)\}/g, (_placeholder, name: string) => {
    const value = path[name];
    if (value === undefined) throw invalid(operation, name, 'is required: a path parameter');
    return encodeURIComponent(value);
  });
  const base = basePath?.replace(/\/$/, '') ?? '';
  if (base === '') return filled;
  if (filled.startsWith(`${base}/`)) return filled.slice(base.length);
  throw unknownOperation(operation.operationId, `it lies outside the service's base path ${base}`);
}

function joinQuery(parts: readonly QueryPart[]): Record<string, string | readonly string[]> {
  const query = new Map<string, string | readonly string[]>();
  for (const [name, value] of parts) {
    const before = query.get(name);
    if (before === undefined) query.set(name, value);
    else query.set(name, [...(typeof before === 'string' ? [before] : before), value]);
  }
  return Object.fromEntries(query);
}

function missing(operation: DocumentedOperation, parameter: Parameter): SandboxError {
  return invalid(operation, parameter.name, `is required: a ${parameter.in} parameter`);
}

function invalid({ operationId }: DocumentedOperation, name: string, message: string): SandboxError {
  const pointer = `/with/parameters/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return new SandboxError('GSB-REQ-001', {
    detail: `call of ${operationId}: parameter ${name} ${message}`,
    extensions: { errors: [{ pointer, message }] },
  });
}

function unknownOperation(operationId: string, why: string): SandboxError {
  return new SandboxError('GSB-BLK-003', { detail: `${operationId}: ${why}` });
}

function namesOf({ parameters, requestBody }: DocumentedOperation): string {
  const names = parameters.map(({ name }) => name);
  return [...names, ...(requestBody ? ['body'] : [])].join(', ') || 'it has none';
}
