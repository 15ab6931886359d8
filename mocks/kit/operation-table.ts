import type { Method } from '../../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/**
 * Finds the operation of a request in an OpenAPI document. One path may carry several operations of one method
 * that differ by a query value (`/vouchers?command=redeem`), which OpenAPI cannot say: they are listed under
 * `x-sandbox-operations` with `x-sandbox-when`.
 */
export interface ContractOperation {
  readonly operationId: string;
  readonly method: Method;
  /** The path as the document spells it. */
  readonly template: string;
  readonly operation: JsonObject;
  /** Parameters of the path item and of the operation, references resolved. */
  readonly parameters: readonly JsonObject[];
  readonly when: Readonly<Record<string, string>>;
}

export type Match =
  | {
      readonly kind: 'found';
      readonly operation: ContractOperation;
      readonly path: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'no-path' }
  | { readonly kind: 'no-method'; readonly allowed: readonly Method[] }
  | { readonly kind: 'no-variant'; readonly expected: readonly Readonly<Record<string, string>>[] };

export type Query = Readonly<Record<string, string | readonly string[]>>;

export interface OperationTable {
  readonly operations: readonly ContractOperation[];
  match(method: Method, path: string, query: Query): Match;
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

interface Route {
  readonly segments: readonly Segment[];
  readonly byMethod: Map<Method, ContractOperation[]>;
}

type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp; readonly names: readonly string[] };

/** Follows a local `$ref` (`#/components/...`); anything else is returned as it is. */
export function resolveReference(document: JsonObject, value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) return {};
  const reference = value.$ref;
  if (typeof reference !== 'string') return value;
  let at: Json | undefined = document;
  for (const part of reference.replace(/^#\//, '').split('/')) {
    at = isJsonObject(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  return isJsonObject(at) ? at : {};
}

/** Raises an Error for an operation without operationId or with one that is used twice. */
export function createOperationTable(document: JsonObject): OperationTable {
  const routes = new Map<string, Route>();
  const operations = new Map<string, ContractOperation>();
  for (const [template, item] of Object.entries(isJsonObject(document.paths) ? document.paths : {})) {
    if (!isJsonObject(item)) continue;
    const shape = withoutTrailingSlash(template);
    const route = routes.get(shape) ?? {
      segments: shape.slice(1).split('/').map(parseSegment),
      byMethod: new Map<Method, ContractOperation[]>(),
    };
    routes.set(shape, route);
    for (const operation of operationsOfItem(document, template, item)) {
      if (operations.has(operation.operationId))
        throw new Error(`operationId ${operation.operationId} is used twice`);
      operations.set(operation.operationId, operation);
      route.byMethod.set(operation.method, [...(route.byMethod.get(operation.method) ?? []), operation]);
    }
  }
  const exact = new Map<string, Route>();
  const patterned: Route[] = [];
  for (const [shape, route] of routes) {
    if (route.segments.every((segment) => segment.kind === 'text')) exact.set(shape, route);
    else patterned.push(route);
  }
  patterned.sort((a, b) => comparePrecision(a.segments, b.segments));

  function findRoute(path: string): { route: Route; path: Record<string, string> } | undefined {
    const same = exact.get(path);
    if (same) return { route: same, path: {} };
    const parts = path.slice(1).split('/');
    for (const route of patterned) {
      const values = matchSegments(route.segments, parts);
      if (values) return { route, path: values };
    }
    return undefined;
  }

  return {
    operations: [...operations.values()],
    match(method, path, query) {
      const found = findRoute(withoutTrailingSlash(path));
      if (!found) return { kind: 'no-path' };
      const { byMethod } = found.route;
      const variants = byMethod.get(method) ?? (method === 'HEAD' ? byMethod.get('GET') : undefined);
      if (!variants) return { kind: 'no-method', allowed: [...byMethod.keys()] };
      const operation = chooseVariant(variants, query);
      if (!operation) return { kind: 'no-variant', expected: variants.map((variant) => variant.when) };
      return { kind: 'found', operation, path: found.path };
    },
  };
}

/** The most specific variant whose query values are all there; the one without conditions comes last. */
function chooseVariant(variants: readonly ContractOperation[], query: Query): ContractOperation | undefined {
  const conditional = variants.filter(({ when }) => Object.keys(when).length > 0);
  return (
    conditional.find(({ when }) =>
      Object.entries(when).every(([name, value]) => holds(query[name], value)),
    ) ?? variants.find(({ when }) => Object.keys(when).length === 0)
  );
}

function holds(given: string | readonly string[] | undefined, wanted: string): boolean {
  return typeof given === 'string' ? given === wanted : (given?.includes(wanted) ?? false);
}

function operationsOfItem(document: JsonObject, template: string, item: JsonObject): ContractOperation[] {
  const further = Array.isArray(item['x-sandbox-operations'])
    ? (item['x-sandbox-operations'] as readonly Json[])
    : [];
  const plain = METHODS.flatMap((method): [Method, JsonObject][] => {
    const operation = item[method.toLowerCase()];
    return isJsonObject(operation) ? [[method, operation]] : [];
  });
  const extra = further.filter(isJsonObject).flatMap((operation): [Method, JsonObject][] => {
    const named = typeof operation.method === 'string' ? operation.method.toUpperCase() : undefined;
    const method = METHODS.find((name) => name === named);
    return method ? [[method, operation]] : [];
  });
  return [...plain, ...extra].map(([method, operation]) => {
    const { operationId } = operation;
    if (typeof operationId !== 'string') throw new Error(`${method} ${template} has no operationId`);
    const when = isJsonObject(operation['x-sandbox-when']) ? operation['x-sandbox-when'].query : undefined;
    return {
      operationId,
      method,
      template,
      operation,
      parameters: mergeParameters(document, item.parameters, operation.parameters),
      when: isJsonObject(when)
        ? Object.fromEntries(Object.entries(when).map(([name, value]) => [name, textOf(value)]))
        : {},
    };
  });
}

/** An operation's parameter replaces the path item's of the same place and name. */
function mergeParameters(
  document: JsonObject,
  ...lists: readonly (Json | undefined)[]
): readonly JsonObject[] {
  const merged = new Map<string, JsonObject>();
  for (const list of lists) {
    for (const entry of Array.isArray(list) ? (list as readonly Json[]) : []) {
      const parameter = resolveReference(document, entry);
      merged.set(`${textOf(parameter.in)} ${textOf(parameter.name)}`, parameter);
    }
  }
  return [...merged.values()];
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function parseSegment(text: string): Segment {
  if (!text.includes('{')) return { kind: 'text', text };
  const names: string[] = [];
  const source = text.replace(
    /\{([^}]+)\}|([^{]+)/g,
    (_whole, name: string | undefined, literal: string | undefined) => {
      if (name === undefined) return (literal ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(name);
      return '(.+)';
    },
  );
  return { kind: 'pattern', pattern: new RegExp(`^${source}$`), names };
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  if (segments.length !== parts.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = decodePart(parts[index] ?? '');
    if (segment.kind === 'text') {
      if (segment.text !== part) return undefined;
      continue;
    }
    const match = segment.pattern.exec(part);
    if (!match) return undefined;
    for (const [at, name] of segment.names.entries()) values[name] = match[at + 1] ?? '';
  }
  return values;
}

/** A path that is not validly encoded is taken literally: it then simply finds nothing, or is refused by its schema. */
function decodePart(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Fixed text outranks a parameter, from the left. */
function comparePrecision(a: readonly Segment[], b: readonly Segment[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [index, segment] of a.entries()) {
    const other = b[index];
    if (other === undefined || other.kind === segment.kind) continue;
    return segment.kind === 'text' ? -1 : 1;
  }
  return 0;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
