import { ANY, type Database } from './database.js';
import type { Registry } from './registry.js';
import type { RegistriesState } from './state.js';

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
