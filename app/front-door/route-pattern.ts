import type { Request } from 'express';

/** First parts of addresses that have no route of Express, or one that says nothing. */
const places = ['blocks', 'r1', 'cb', 'auth', 'realms', 'internal', 'health', 'ready', 'metrics', 'w'];
const LISTED = /^\/(?:listClients|listMethods|allowedMethods|getOpenAPI)(?:\/|$)/;

/**
 * What a log line and a metric say instead of the address: no identifier of a workspace, person or case is in it, and
 * there is a bounded number of them. Ask when the request was routed.
 */
export function routePattern(request: Request): string {
  const path = request.originalUrl.split('?')[0] ?? '/';
  const inside = /^\/w\/[^/]+(\/.*)?$/.exec(path);
  const prefix = inside === null ? '' : '/w/:workspace';
  const rest = inside === null ? path : (inside[1] ?? '/');
  return prefix + withoutPrefix(rest, routeOf(request));
}

function withoutPrefix(path: string, route: string | undefined): string {
  if (/^\/api\/v1(?:\/|$)/.test(path)) return route === undefined ? '/api/v1/*' : `/api/v1${route}`;
  if (path.startsWith('/api/')) return '/api/*';
  const first = /^\/([^/]+)/.exec(path)?.[1] ?? '';
  if (LISTED.test(path)) return `/${first}`;
  if (!places.includes(first)) return '/*';
  return /^\/[^/]+\/./.test(path) ? `/${first}/*` : `/${first}`;
}

function routeOf(request: Request): string | undefined {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : undefined;
}
