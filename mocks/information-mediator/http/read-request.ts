import type { Request } from 'express';
import type { BlockRequest, Method } from '../../../contracts/block.js';
import type { Json } from '../../../contracts/json.js';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
export const MEMBER_KEY_HEADER = 'x-sandbox-member-key';

/** The request as blocks see it, below `path`; undefined for a method that no block knows. Bodies are parsed before. */
export function readRequest(request: Request, path: string): BlockRequest | undefined {
  const method = METHODS.find((name) => name === request.method);
  if (!method) return undefined;
  const body = bodyOf(request);
  return {
    method,
    path,
    query: queryOf(request.url),
    headers: headersOf(request),
    ...(body === undefined ? {} : { body }),
  };
}

/**
 * Without what proves the caller to the mediator: a provider must not see it. An Authorization header beside a
 * member key is meant for the provider and passes.
 */
function headersOf(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  const keyed = headers[MEMBER_KEY_HEADER] !== undefined;
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => name !== 'cookie' && name !== MEMBER_KEY_HEADER && (keyed || name !== 'authorization'),
    ),
  );
}

/** Own parsing, so that a parameter given twice stays a list whatever the application's setting is. */
function queryOf(url: string): Record<string, string | readonly string[]> {
  const start = url.indexOf('?');
  const query: Record<string, string | readonly string[]> = {};
  if (start < 0) return query;
  const parameters = new URLSearchParams(url.slice(start + 1));
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    Object.defineProperty(query, name, {
      value: values.length === 1 ? values[0] : values,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return query;
}

function bodyOf(request: Request): Json | undefined {
  const length = request.headers['content-length'];
  const present =
    request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
  return present ? ((request.body as Json | undefined) ?? undefined) : undefined;
}
