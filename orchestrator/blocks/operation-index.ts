import type { Method } from '../../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/** The operations of a block's OpenAPI document by operationId, with references resolved: what a call is built from. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly method: Method;
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  /** Query values that tell this operation from others of its path and method (`x-sandbox-when`). */
  readonly when: Readonly<Record<string, string>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: string;
  readonly explode: boolean;
  /** The value is JSON text (`content: application/json`). */
  readonly json: boolean;
  /** The value's reserved characters are sent as they are. */
  readonly allowReserved?: boolean;
  readonly default?: Json;
}

export interface RequestBody {
  readonly required: boolean;
  readonly mediaTypes: readonly string[];
}

export type OperationIndex = ReadonlyMap<string, DocumentedOperation>;

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function indexOperations(document: JsonObject): OperationIndex {
  const index = new Map<string, DocumentedOperation>();
  for (const [template, entry] of members(document.paths)) {
    const item = resolve(document, entry);
    for (const [method, operation] of operationsOf(item)) {
      const { operationId } = operation;
      if (typeof operationId !== 'string') continue;
      const when = isJsonObject(operation['x-sandbox-when']) ? operation['x-sandbox-when'].query : undefined;
      const body = operation.requestBody === undefined ? undefined : resolve(document, operation.requestBody);
      index.set(operationId, {
        operationId,
        method,
        template,
        parameters: parametersOf(document, item, operation),
        ...(body && {
          requestBody: {
            required: body.required === true,
            mediaTypes: members(body.content).map(([type]) => type),
          },
        }),
        when: Object.fromEntries(
          members(when).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        ),
      });
    }
  }
  return index;
}

function operationsOf(item: JsonObject): readonly (readonly [Method, JsonObject])[] {
  const further = item['x-sandbox-operations'];
  const listed = Array.isArray(further) ? (further as readonly Json[]) : [];
  return [
    ...METHODS.map((method) => [method, item[method.toLowerCase()]] as const),
    ...listed.map((entry) => [methodOf(entry), entry] as const),
  ].flatMap(([method, operation]) =>
    method && isJsonObject(operation) ? [[method, operation] as const] : [],
  );
}

function methodOf(entry: Json): Method | undefined {
  const name =
    isJsonObject(entry) && typeof entry.method === 'string' ? entry.method.toUpperCase() : undefined;
  return METHODS.find((method) => method === name);
}

/** An operation's parameter replaces the path item's of the same name and place. */
function parametersOf(document: JsonObject, item: JsonObject, operation: JsonObject): readonly Parameter[] {
  const merged = new Map<string, Parameter>();
  for (const list of [item.parameters, operation.parameters]) {
    for (const entry of Array.isArray(list) ? (list as readonly Json[]) : []) {
      const parameter = toParameter(document, resolve(document, entry));
      if (parameter) merged.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...merged.values()];
}

function toParameter(document: JsonObject, entry: JsonObject): Parameter | undefined {
  const { name, in: where } = entry;
  if (typeof name !== 'string') return undefined;
  if (where !== 'path' && where !== 'query' && where !== 'header' && where !== 'cookie') return undefined;
  const usual = where === 'query' || where === 'cookie' ? 'form' : 'simple';
  const style = typeof entry.style === 'string' ? entry.style : usual;
  const preset = resolve(document, entry.schema).default;
  return {
    name,
    in: where,
    required: where === 'path' || entry.required === true,
    style,
    explode: typeof entry.explode === 'boolean' ? entry.explode : style === 'form' || style === 'deepObject',
    json: members(entry.content).length > 0,
    ...(entry.allowReserved === true && { allowReserved: true }),
    ...(preset !== undefined && { default: preset }),
  };
}

/** Follows local references; one that leads nowhere is an empty object. */
export function resolve(document: JsonObject, value: Json | undefined): JsonObject {
  let at: Json | undefined = value;
  for (let depth = 0; depth < 10; depth += 1) {
    if (!isJsonObject(at)) return {};
    if (typeof at.$ref !== 'string') return at;
    at = follow(document, at.$ref);
  }
  return {};
}

function follow(document: JsonObject, reference: string): Json | undefined {
  let at: Json | undefined = document;
  for (const step of reference.replace(/^#\//, '').split('/')) {
    const name = unescaped(step);
    at = isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return at;
}

/** RFC 6901, 6: a step of a pointer in a URI fragment. */
function unescaped(step: string): string {
  const pointer = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}

export function members(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([name, member]) =>
        member === undefined ? [] : [[name, member] as const],
      )
    : [];
}
