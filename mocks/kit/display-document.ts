import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/**
 * The document as Swagger UI and code generators can read it: operations that differ by a query value only become
 * paths of their own (`/vouchers?command=redeem`), and `servers` says where the block really is.
 */
export function displayDocument(document: JsonObject, baseUrl: string): JsonObject {
  const paths: Record<string, Json | undefined> = {};
  for (const [template, item] of Object.entries(isJsonObject(document.paths) ? document.paths : {})) {
    if (!isJsonObject(item)) continue;
    const { 'x-sandbox-operations': further, ...plain } = item;
    if (Object.keys(plain).length > 0) paths[template] = plain;
    for (const operation of Array.isArray(further) ? (further as readonly Json[]) : []) {
      if (!isJsonObject(operation) || typeof operation.method !== 'string') continue;
      const { method, ...rest } = operation;
      const when = isJsonObject(rest['x-sandbox-when']) ? rest['x-sandbox-when'].query : undefined;
      const query = new URLSearchParams(
        isJsonObject(when) ? (when as Record<string, string>) : {},
      ).toString();
      const path = `${template}?${query}`;
      const before = paths[path];
      const shared: JsonObject = item.parameters === undefined ? {} : { parameters: item.parameters };
      paths[path] = { ...shared, ...(isJsonObject(before) ? before : {}), [method.toLowerCase()]: rest };
    }
  }
  return { ...document, servers: [{ url: baseUrl }], paths };
}
