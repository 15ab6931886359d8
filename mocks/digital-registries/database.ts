import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Registry } from './registry.js';
import type { RegistriesState } from './state.js';

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

/** The database of this number with its registry; undefined when there is none, or it was deleted. */
export async function findDatabase(
  state: RegistriesState,
  id: string,
): Promise<{ readonly database: Database; readonly registry: Registry } | undefined> {
  const database = ((await state.databases.get(id)) ?? (await state.databases.get(ANY)))?.doc;
  if (database?.registry === undefined) return undefined;
  const registry = (await state.registries.get(database.registry))?.doc;
  return registry && { database, registry };
}

export function databaseNumber(path: Readonly<Record<string, string>>): number {
  return Number(path['id']);
}

/** A number that no database has, nor had. */
export async function nextDatabaseNumber(state: RegistriesState): Promise<string> {
  const taken = (await state.databases.find()).map(({ doc }) => Number(doc._id)).filter(Number.isFinite);
  return String(Math.max(0, ...taken) + 1);
}

/** In the order of their numbers. */
export async function numberedDatabases(state: RegistriesState): Promise<readonly Database[]> {
  return (await state.databases.find())
    .map(({ doc }) => doc)
    .filter(({ _id, registry }) => _id !== ANY && registry !== undefined)
    .sort((a, b) => Number(a._id) - Number(b._id));
}

/** As the API shows it: members that both dialects spell alike. */
export function describeDatabase(id: number, { definition }: Database, registry: Registry): JsonObject {
  const { name, version, title, institution, schema } = registry;
  return { id, version, name, description: title, institution, schema: definition ?? schema };
}
