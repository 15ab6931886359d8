import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { put } from '../../kit/effects.js';
import { contentSchemaOf, identifyingField } from '../database-schema.js';
import { DATABASES, type Database } from '../database.js';
import { nextDatabaseNumber, numberedDatabases } from '../find-databases.js';
import { registryId, type Registry } from '../registry.js';
import { newestVersion } from '../request.js';
import { REGISTRIES, type RegistriesState } from '../state.js';

const FIRST_VERSION = '1.0';

/** Databases, modify: a registry by its code, created or given another schema; the same once more changes nothing. */
export async function modifyDatabase({
  state,
  body,
}: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const given: JsonObject = isJsonObject(body) ? body : {};
  const definition = isJsonObject(given['schema']) ? given['schema'] : {};
  const name = textOf(given['code']) ?? '';
  const before = await newestVersion(state, name);
  const registry = before
    ? { ...before, schema: contentSchemaOf(definition) }
    : created(name, given, definition);
  const databases = await numberedDatabases(state);
  const known = databases.find((database) => database.registry === registry._id);
  const _id = known?._id ?? (await nextDatabaseNumber(state));
  const database: Database = { _id, registry: registry._id, definition };
  return {
    status: 200,
    rule: before ? 'modified' : 'created',
    body: definition,
    effects: [put(REGISTRIES, registry), put(DATABASES, database)],
  };
}

function created(name: string, given: JsonObject, definition: JsonObject): Registry {
  return {
    _id: registryId(name, FIRST_VERSION),
    name,
    version: FIRST_VERSION,
    title: textOf(given['catalogName']) ?? textOf(given['catalog_name']) ?? name,
    institution: textOf(given['groupName']) ?? textOf(given['group_name']) ?? name,
    schema: contentSchemaOf(definition),
    idField: identifyingField(definition),
    uniqueFields: [],
    lookupFields: [],
  };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
