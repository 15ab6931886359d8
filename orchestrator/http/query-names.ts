import { SandboxError } from '../../contracts/problems.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import type { RouteName } from './permissions.js';

/** Refuses a query that names what the route does not know: GSB-REQ-001, with the names that it does know. */
export type QueryCheck = (route: RouteName, query: Readonly<Record<string, unknown>>) => void;

/**
 * What each route may be asked, from the API's OpenAPI document. A misspelt filter would otherwise give the whole list,
 * which looks like an answer.
 */
export function createQueryCheck(document: JsonObject): QueryCheck {
  const known = new Map<string, ReadonlySet<string>>();
  for (const [path, item] of entriesOf(document['paths'])) {
    const shared = queryNames(isJsonObject(item) ? item['parameters'] : undefined);
    for (const [method, operation] of entriesOf(item)) {
      const own = queryNames(isJsonObject(operation) ? operation['parameters'] : undefined);
      const name = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      known.set(name, new Set([...shared, ...own]));
    }
  }
  return (route, query) => {
    const names = known.get(route) ?? new Set();
    const unknown = Object.keys(query).filter((name) => !names.has(name));
    if (unknown.length === 0) return;
    const told =
      names.size === 0 ? 'This address takes no query.' : `It may hold ${[...names].sort().join(', ')}.`;
    throw new SandboxError('GSB-REQ-001', {
      detail: `The query names ${unknown.map((name) => `"${name.slice(0, 40)}"`).join(', ')}, which is not known here. ${told}`,
      extensions: {
        errors: unknown.map((name) => ({ pointer: `/${name}`, message: 'is not known here' })),
      },
    });
  };
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json | undefined])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function queryNames(parameters: Json | undefined): readonly string[] {
  if (!Array.isArray(parameters)) return [];
  return parameters.flatMap((one) =>
    isJsonObject(one) && one['in'] === 'query' && typeof one['name'] === 'string' ? [one['name']] : [],
  );
}
