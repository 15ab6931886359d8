import type { BlockRequest } from '../../contracts/block.js';
import type { RealBinding } from './binding.js';
import { endToEnd } from './hop-by-hop.js';
import type { HopRequest } from './outbound/hop.js';
import { isJsonType } from './request-body.js';

/** One rule that brings the block's own paths to those of a real system. */
export interface PathRule {
  readonly from: string;
  readonly to: string;
}

/**
 * The request as the real system gets it: path rewritten, headers renamed, removed, added in this order.
 * `secretHeaders` are values by header name, `olderPaths` the rules of the block's older dialect.
 */
export function realRequest(
  binding: RealBinding,
  request: BlockRequest,
  more: {
    readonly secretHeaders: Readonly<Record<string, string>>;
    readonly olderPaths: readonly PathRule[];
  },
): HopRequest {
  const rules = [...(binding.rewrite ?? []), ...(binding.dialect === 'older' ? more.olderPaths : [])];
  const path = rewritePath(rules, request.path);
  const body = bodyOf(request);
  return {
    method: request.method,
    url: new URL(`${binding.baseUrl}${path}${queryText(request.query)}`),
    headers: { ...mappedHeaders(binding, request.headers), ...lowerCase(more.secretHeaders) },
    ...(body === undefined ? {} : { body }),
  };
}

/** The first rule that fits counts; a path that none fits stays as it is. Templates fit templates too. */
export function rewritePath(rules: readonly PathRule[], path: string): string {
  for (const { from, to } of rules) {
    const names: string[] = [];
    const source = from.replace(
      /\{([^}]+)\}|([^{]+)/g,
      (_whole, name: string | undefined, literal: string | undefined) => {
        if (name === undefined) return (literal ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        names.push(name);
        return '([^/]+)';
      },
    );
    const match = new RegExp(`^${source}$`).exec(path);
    if (match === null) continue;
    return to.replace(/\{([^}]+)\}/g, (_whole, name: string) => match[names.indexOf(name) + 1] ?? '');
  }
  return path;
}

function mappedHeaders(
  { headers = {}, renameHeaders = {}, removeHeaders = [] }: RealBinding,
  given: BlockRequest['headers'],
): Record<string, string> {
  const mapped = endToEnd(given);
  for (const [from, to] of Object.entries(renameHeaders)) {
    const value = mapped[from.toLowerCase()];
    if (value === undefined) continue;
    Reflect.deleteProperty(mapped, from.toLowerCase());
    mapped[to.toLowerCase()] = value;
  }
  for (const name of removeHeaders) Reflect.deleteProperty(mapped, name.toLowerCase());
  return { ...mapped, ...lowerCase(headers) };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function queryText(query: BlockRequest['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : value) parameters.append(name, one);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function bodyOf({ body, headers }: BlockRequest): Buffer | undefined {
  if (body === undefined) return undefined;
  const type = headers['content-type'] ?? 'application/json';
  const text = typeof body === 'string' && !isJsonType(type) ? body : JSON.stringify(body);
  return Buffer.from(text, 'utf8');
}
