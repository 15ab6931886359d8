import type { ScopedCollection, StateScope } from '../kit/state.js';
import type { ContentSchemas } from './content-schemas.js';
import { lookupIndexes } from './lookups.js';
import type { RegistryRecord } from './record.js';
import type { Registry } from './registry.js';
import type { UsageEntry } from './usage-entry.js';

/** What the block keeps per workspace. Nothing here knows paths or spellings of an API: every dialect shares it. */
export interface RegistriesState {
  readonly registries: ScopedCollection<Registry>;
  readonly records: ScopedCollection<RegistryRecord>;
  readonly usage: ScopedCollection<UsageEntry>;
  readonly schemas: ContentSchemas;
}

export const RECORDS = 'records';

export function registriesState(scope: StateScope, schemas: ContentSchemas): RegistriesState {
  return {
    registries: scope.collection<Registry>('registries'),
    records: scope.collection<RegistryRecord>(RECORDS, ['uuid', ...lookupIndexes]),
    usage: scope.collection<UsageEntry>('usage'),
    schemas,
  };
}
