import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/** A document that the official suite was written against. */
export interface OfficialDocument {
  /** Path under `reference/openapi/`. */
  readonly place: string;
  /** What its `servers` put before its paths. */
  readonly prefix?: string;
}

/** A file of the reference data that lies beside the repository; undefined where it is absent. */
export function referenceFile(path: string): string | undefined {
  const file = fileURLToPath(new URL(`../../../shared/reference/${path}`, import.meta.url));
  return existsSync(file) ? file : undefined;
}

/** Reads documents that are there, with an operationId for each operation. */
export function readOfficial(documents: readonly OfficialDocument[]): readonly JsonObject[] {
  return documents.flatMap(({ place, prefix = '' }) => {
    const file = referenceFile(`openapi/${place}`);
    if (file === undefined) return [];
    const document: unknown = parse(readFileSync(file, 'utf8'));
    if (!isJsonObject(document) || !isJsonObject(document['paths'])) throw new Error(`${place} has no paths`);
    const paths = Object.entries(document['paths']).map(([path, item]): [string, Json] => [
      prefix + path,
      isJsonObject(item) ? withOperationIds(path, item) : {},
    ]);
    return [{ ...document, paths: Object.fromEntries(paths) }];
  });
}

function withOperationIds(path: string, item: JsonObject): JsonObject {
  const members = Object.entries(item).map(([name, member]): [string, Json | undefined] => [
    name,
    isJsonObject(member) ? { ...member, operationId: `${name} ${path}` } : member,
  ]);
  return Object.fromEntries(members);
}
