import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Registry } from './registry.js';

/** A registry under the number by which the database API knows it. */
export interface Database extends Document {
  /** The number as text, or `any`: numbers that nobody gave show this registry too. */
  readonly _id: string;
  /** `name/version`; absent once it was deleted. */
  readonly registry?: string;
  /** As `POST /database/modify` gave it, with members that are no JSON Schema; absent: the registry's own. */
  readonly definition?: JsonObject;
}

export const ANY = 'any';
export const DATABASES = 'databases';

export function databaseNumber(path: Readonly<Record<string, string>>): number {
  return Number(path['id']);
}

/** As the API shows it: members that both dialects spell alike. */
export function describeDatabase(id: number, { definition }: Database, registry: Registry): JsonObject {
  const { name, version, title, institution, schema } = registry;
  return { id, version, name, description: title, institution, schema: definition ?? schema };
}
