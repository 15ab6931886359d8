import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { createOperationTable, resolveReference } from '../kit/operation-table.js';
import type { DirectoryService } from './directory-service.js';

/**
 * A service seen from its callers: the block's document, narrowed to what lies under the service's base path and
 * carries its fixed path parameters, with their values filled in.
 */
export interface Endpoint {
  readonly operationId: string;
  readonly method: string;
  /** Below the service. */
  readonly path: string;
}

export function endpointsOf(service: DirectoryService, document: JsonObject): readonly Endpoint[] {
  return createOperationTable(document).operations.flatMap(({ operationId, method, template }) => {
    const below = pathBelow(service, template);
    return below === undefined ? [] : [{ operationId, method, path: below.path }];
  });
}

/** The OpenAPI document of one service, `servers` being its address at the mediator. */
export function describeService(service: DirectoryService, document: JsonObject, url: string): JsonObject {
  const paths: Record<string, Json> = {};
  for (const [template, item] of Object.entries(isJsonObject(document.paths) ? document.paths : {})) {
    const below = pathBelow(service, template);
    if (below !== undefined && isJsonObject(item))
      paths[below.path] = withoutFilled(below.filled, document, item);
  }
  const info = isJsonObject(document.info) ? document.info : {};
  return { ...document, info: { ...info, title: service.title }, servers: [{ url }], paths };
}

interface PathBelow {
  readonly path: string;
  /** Path parameters whose values the service gives: fixed ones, and those that its base path fills. */
  readonly filled: ReadonlySet<string>;
}

/** The template as callers of the service see it; undefined when it does not belong to the service. */
function pathBelow({ basePath = '', fixed = {} }: DirectoryService, template: string): PathBelow | undefined {
  const base = basePath.split('/').slice(1);
  const parts = template.split('/').slice(1);
  const names = new Set([...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
  if (!Object.keys(fixed).every((name) => names.has(name)) || parts.length <= base.length) return undefined;
  const filled = new Set(Object.keys(fixed));
  for (const [index, wanted] of base.entries()) {
    const part = parts[index] ?? '';
    const name = /^\{([^}]+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== wanted) return undefined;
    if (name !== undefined && (fixed[name] ?? wanted) !== wanted) return undefined;
    if (name !== undefined) filled.add(name);
  }
  const path = parts
    .slice(base.length)
    .join('/')
    .replace(PLACEHOLDER, (placeholder, name: string) => {
      const value = fixed[name];
      return value === undefined ? placeholder : encodeURIComponent(value);
    });
  return { path: `/${path}`, filled };
}

const PLACEHOLDER = /\{([^}]+)\}/g;

/** A path item without the parameters whose values are filled in already. */
function withoutFilled(filled: ReadonlySet<string>, document: JsonObject, item: JsonObject): JsonObject {
  const free = (list: Json | undefined): Json =>
    (Array.isArray(list) ? (list as readonly Json[]) : []).filter((entry) => {
      const { in: where, name } = resolveReference(document, entry);
      return !(where === 'path' && typeof name === 'string' && filled.has(name));
    });
  const narrowed = (entry: Json | undefined): Json | undefined =>
    isJsonObject(entry) && 'parameters' in entry ? { ...entry, parameters: free(entry.parameters) } : entry;
  const members = Object.entries(item).map(([name, member]): [string, Json | undefined] => {
    if (name === 'parameters') return [name, free(member)];
    if (name === 'x-sandbox-operations' && Array.isArray(member)) {
      return [name, (member as readonly Json[]).map((entry) => narrowed(entry) ?? null)];
    }
    return [name, narrowed(member)];
  });
  return Object.fromEntries(members);
}
