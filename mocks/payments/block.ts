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
import { bulkPayment } from './operations/bulk-payment.js';
import { prepaymentValidation } from './operations/prepayment-validation.js';
import { prepaymentValidationResponse } from './operations/prepayment-validation-response.js';
import { registerBeneficiary } from './operations/register-beneficiary.js';
import { updateBeneficiaryDetails } from './operations/update-beneficiary-details.js';
import { voucherPreactivation } from './operations/voucher-preactivation.js';
import { voucherActivation } from './operations/voucher-activation.js';
import { voucherCancellation } from './operations/voucher-cancellation.js';
import { voucherRedemption } from './operations/voucher-redemption.js';
import { voucherStatusCheck } from './operations/voucher-status-check.js';
import { paymentsRefusal } from './refusal-shape.js';
import { deriveFigures } from './derive-figures.js';
import { seedPayments } from './seed.js';
import { askAuthorisation } from './settlement/ask-authorisation.js';
import { settleBatch } from './settlement/settle-batch.js';
import { validateDestinations } from './settlement/validate-destinations.js';
import { paymentsRules } from './rules.js';
import { paymentsState } from './state.js';

/** Government-to-person payments; the institutions behind it are reached through `deps.services`. */
export function createPaymentsBlock(deps: BlockDeps): Block {
  return createContractBlock(
    {
      id: 'payments',
      title: 'Payments',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      rules: paymentsRules,
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
        // The older dialect: other paths, the same state.
        bulkPayment,
        creditInstructions: bulkPayment,
        prepaymentValidation,
        prepaymentValidationResponse,
        registerBeneficiary,
        updateBeneficiaryDetails,
        voucherPreactivation,
        voucherActivation,
        voucherCancellation,
        voucherRedemption,
        voucherStatusCheck,
        voucherRedemptionMisspelt: voucherRedemption,
      },
      jobs: { settle: settleBatch, validate: validateDestinations, authorize: askAuthorisation },
      // They talk to institutions for seconds and write documents that no operation changes.
      concurrentJobs: ['settle', 'validate', 'authorize'],
      derive: deriveFigures,
      derivedCollections: { counters: 'vouchers' },
      seed: seedPayments,
      refusal: paymentsRefusal,
    },
    deps,
  );
}
