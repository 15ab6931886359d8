import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { collections } from './collections.js';
import { authorizeFunds } from './operations/authorize-funds.js';
import { creditAccounts } from './operations/credit-accounts.js';
import { listInstitutions } from './operations/list-institutions.js';
import { readAccount } from './operations/read-account.js';
import { settleFunds } from './operations/settle-funds.js';
import { validateAccounts } from './operations/validate-accounts.js';
import { seedInstitutions } from './seed.js';
import { institutionState } from './state.js';

/** The banks, the mobile money operator and the pay-points, each under `/institutions/{institution}`. */
export function createFinancialInstitutionBlock(deps: BlockDeps): Block {
  return createContractBlock(
    {
      id: 'financial-institution',
      title: 'Financial institutions',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      state: institutionState,
      collections,
      operations: {
        authorizeFunds,
        creditAccounts,
        listInstitutions,
        readAccount,
        settleFunds,
        validateAccounts,
      },
      seed: seedInstitutions,
    },
    deps,
  );
}
