import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { createOperationTable, type OperationTable } from '../../mocks/kit/operation-table.js';
import { referenceFile } from '../compliance/official-documents.js';
import { officialSources, type OfficialSource } from './official-catalog.js';

/** An official document, repaired where it is broken, with its operations. */
export interface OfficialDocument extends OfficialSource {
  readonly document: JsonObject;
  readonly table: OperationTable;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Whether the reference data lies beside the repository. */
export const hasOfficial = referenceFile('openapi/MANIFEST.md') !== undefined;

/** All of them; none where the reference data is absent. */
export function readOfficial(): readonly OfficialDocument[] {
  if (!hasOfficial) return [];
  return officialSources.map((source) => {
    const file = referenceFile(`openapi/${source.place}`);
    if (file === undefined) throw new Error(`${source.place} is not there`);
    // Duplicate keys: the last one counts, as tolerant readers do.
    const written = parse(readFileSync(file, 'utf8'), { uniqueKeys: false }) as JsonObject;
    const document = { ...written, paths: withOperationIds(written, source) };
    return { ...source, document, table: createOperationTable(document) };
  });
}

/** Names each operation `METHOD /path`, and moves a query that stands in a path, or in the catalog, to where the table looks. */
function withOperationIds(document: JsonObject, { prefix = '', query }: OfficialSource): JsonObject {
  const paths = isJsonObject(document['paths']) ? document['paths'] : {};
  const named = Object.entries(paths).map(([written, item]): [string, Json] => {
    const [path = '', inPath] = written.split('?');
    const when =
      query ?? (inPath === undefined ? undefined : Object.fromEntries(new URLSearchParams(inPath)));
    const members = Object.entries(isJsonObject(item) ? item : {}).map(([name, member]): [string, Json] => [
      name,
      METHODS.includes(name) && isJsonObject(member)
        ? {
            ...member,
            operationId: `${name.toUpperCase()} ${prefix}${path}${when ? `?${new URLSearchParams(when).toString()}` : ''}`,
            // A value such as LANGCODE is a placeholder, not a command.
            ...(when?.['command'] === undefined ? {} : { 'x-sandbox-when': { query: when } }),
          }
        : (member ?? null),
    ]);
    return [prefix + path, Object.fromEntries(members)];
  });
  return Object.fromEntries(named);
}
