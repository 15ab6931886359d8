import { permissions } from '../permissions.js';

/** An unsafe route of the permission matrix, and what its address names. */
export interface UnsafeRoute {
  readonly name: string;
  readonly on: Readonly<Record<string, string>>;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What stands in an address and is a secret, or may be the number of a person. */
const withheld = new Set(['token', 'doc']);

const routes = Object.keys(permissions).flatMap((name) => {
  const [method = '', path = ''] = name.split(' ');
  if (SAFE.has(method)) return [];
  const parts = path.split('/').slice(1);
  const fixed = parts.filter((part) => !part.startsWith(':')).length;
  return [{ name, method, parts, fixed }];
});
// What is spelled out goes before what is a parameter: /workspaces/join before /workspaces/:id.
routes.sort((one, other) => other.fixed - one.fixed);

/** The route that a request below `/api/v1` is for; undefined for those that change nothing, and for unknown ones. */
export function unsafeRouteOf(method: string, path: string): UnsafeRoute | undefined {
  const given = path.replace(/\/+$/, '').split('/').slice(1);
  const found = routes.find(
    (route) =>
      route.method === method &&
      route.parts.length === given.length &&
      route.parts.every((part, index) => part.startsWith(':') || part === (given[index] ?? '').toLowerCase()),
  );
  if (found === undefined) return undefined;
  const on = found.parts.flatMap((part, index) =>
    part.startsWith(':') ? [[part.slice(1), shown(part.slice(1), given[index] ?? '')] as const] : [],
  );
  return { name: found.name, on: Object.fromEntries(on) };
}

const LONGEST = 120;

function shown(name: string, value: string): string {
  if (withheld.has(name)) return '***';
  try {
    return decodeURIComponent(value).slice(0, LONGEST);
  } catch {
    return value.slice(0, LONGEST);
  }
}
