import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { createContentSchemas } from './content-schemas.js';
import { deriveRecords } from './derive-records.js';
import { createEntries, createEntriesOlder } from './operations/create-entries.js';
import { create, lookBeforeCreate } from './operations/create.js';
import { deleteDatabase } from './operations/delete-database.js';
import { deleteRecord } from './operations/delete.js';
import { exists } from './operations/exists.js';
import { listDatabases } from './operations/list-databases.js';
import { list } from './operations/list.js';
import { modifyDatabase } from './operations/modify-database.js';
import { personalDataUsageOlder } from './operations/personal-data-usage-older.js';
import { personalDataUsage } from './operations/personal-data-usage.js';
import { readDatabase } from './operations/read-database.js';
import { readValue } from './operations/read-value.js';
import { read } from './operations/read.js';
import { updateEntries } from './operations/update-entries.js';
import { updateOrCreate } from './operations/update-or-create.js';
import { update } from './operations/update.js';
import { seedRegistries } from './seed.js';
import { digitalRegistriesRules } from './rules.js';
import { registriesState, type RegistriesState } from './state.js';

/** The digital registries building block, simulated. Which registries there are, and what is in them, comes as seeds. */
export function createDigitalRegistriesBlock(deps: BlockDeps): Block {
  const schemas = createContentSchemas();
  return createContractBlock<RegistriesState>(
    {
      id: 'digital-registries',
      title: 'Digital registries',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      rules: digitalRegistriesRules,
      state: (scope) => registriesState(scope, schemas),
      operations: {
        list,
        create,
        createEntries,
        exists,
        read,
        update,
        updateEntries,
        updateOrCreate,
        delete: deleteRecord,
        readValue,
        DPU: personalDataUsage,
        DPUSpeltOtherwise: personalDataUsage,
        // The older dialect: other paths, the same state.
        createEntriesOlder,
        updateEntriesOlder: updateEntries,
        updateOrCreateOlder: updateOrCreate,
        readValueOlder: readValue,
        DPUOlder: personalDataUsageOlder,
        listDatabases,
        readDatabase,
        deleteDatabase,
        modifyDatabase,
      },
      foresight: { create: lookBeforeCreate },
      derive: deriveRecords,
      seed: seedRegistries,
    },
    deps,
  );
}
