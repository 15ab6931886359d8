import type { ScopedCollection, StateScope } from '../kit/state.js';
import { DATABASES, type Database } from './database.js';
import type { ContentSchemas } from './content-schemas.js';
import { lookupIndexes } from './lookups.js';
import type { RegistryRecord } from './record.js';
import type { Registry } from './registry.js';
import type { UsageEntry } from './usage-entry.js';

/** What the block keeps per workspace. Nothing here knows paths or spellings of an API: every dialect shares it. */
export interface RegistriesState {
  readonly registries: ScopedCollection<Registry>;
  readonly records: ScopedCollection<RegistryRecord>;
  readonly databases: ScopedCollection<Database>;
  readonly usage: ScopedCollection<UsageEntry>;
  readonly schemas: ContentSchemas;
}

export const RECORDS = 'records';
export const REGISTRIES = 'registries';
export const USAGE = 'usage';

export function registriesState(scope: StateScope, schemas: ContentSchemas): RegistriesState {
  return {
    registries: scope.collection<Registry>(REGISTRIES, [], { held: true }),
    records: scope.collection<RegistryRecord>(RECORDS, ['uuid', ...lookupIndexes]),
    databases: scope.collection<Database>(DATABASES),
    usage: scope.collection<UsageEntry>(USAGE),
    schemas,
  };
}
