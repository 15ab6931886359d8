import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { authorizeBatch } from './operations/authorize-batch.js';
import { activateVouchers, cancelVouchers } from './operations/change-vouchers.js';
import { createVouchers } from './operations/create-vouchers.js';
import { getBatchDetail } from './operations/get-batch-detail.js';
import { getVoucherStatus } from './operations/get-voucher-status.js';
import { handOverBatch } from './operations/hand-over-batch.js';
import { lookUpBeneficiaries, lookUpBeneficiary } from './operations/look-up-beneficiaries.js';
import { readBatch } from './operations/read-batch.js';
import { readLedger } from './operations/read-ledger.js';
import { redeemVoucher } from './operations/redeem-voucher.js';
import { registerBeneficiaries } from './operations/register-beneficiaries.js';
import { updateBeneficiaries } from './operations/update-beneficiaries.js';
import { validateBeneficiaries } from './operations/validate-beneficiaries.js';
import { paymentsRefusal } from './refusal-shape.js';
import { seedPayments } from './seed.js';
import { askAuthorisation } from './settlement/ask-authorisation.js';
import { settleBatch } from './settlement/settle-batch.js';
import { validateDestinations } from './settlement/validate-destinations.js';
import { paymentsState } from './state.js';

/** Government-to-person payments; the institutions behind it are reached through `deps.services`. */
export function createPaymentsBlock(deps: BlockDeps): Block {
  return createContractBlock(
    {
      id: 'payments',
      title: 'Payments',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      state: paymentsState,
      operations: {
        activateVouchers,
        authorizeBatch,
        cancelVouchers,
        createVouchers,
        getBatchDetail,
        getVoucherStatus,
        handOverBatch,
        lookUpBeneficiaries,
        lookUpBeneficiary,
        readBatch,
        readLedger,
        redeemVoucher,
        registerBeneficiaries,
        updateBeneficiaries,
        validateBeneficiaries,
      },
      jobs: { settle: settleBatch, validate: validateDestinations, authorize: askAuthorisation },
      // They talk to institutions for seconds and write documents that no operation changes.
      concurrentJobs: ['settle', 'validate', 'authorize'],
      seed: seedPayments,
      refusal: paymentsRefusal,
    },
    deps,
  );
}
