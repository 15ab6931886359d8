import { magicRules } from '../kit/magic-rules.js';
import { ruleOf, type RuleCatalogue } from '../kit/rules.js';
import { mapperTable, merchantTable } from './outcomes.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const paymentsRules: RuleCatalogue = {
  ...magicRules(merchantTable, [
    { status: 463, operations: ['voucherRedemption', 'voucherRedemptionMisspelt'] },
  ]),
  ...magicRules(mapperTable, [{ status: 200, operations: ['registerBeneficiaries', 'updateBeneficiaries'] }]),
  accepted: [
    ruleOf(200, 'The batch was taken and is settled afterwards', ['bulkPayment', 'creditInstructions']),
    ruleOf(202, 'The batch was taken and is settled afterwards', ['handOverBatch']),
  ],
  activated: ruleOf(200, 'The voucher is active now', ['voucherActivation']),
  'active-already': ruleOf(200, 'The voucher was active before; it succeeds again', ['voucherActivation']),
  authorising: ruleOf(202, 'The payer is asked; a callback tells the result', ['authorizeBatch']),
  cancelled: ruleOf(200, 'The voucher is cancelled', ['voucherCancellation']),
  'cancelled-before': ruleOf(464, 'The voucher was cancelled before', ['voucherCancellation']),
  found: ruleOf(200, 'It is there', [
    'getBatchDetail',
    'getVoucherStatus',
    'lookUpBeneficiary',
    'readBatch',
    'voucherStatusCheck',
  ]),
  'group-exhausted': ruleOf(455, 'The funds of the voucher group are exhausted', ['voucherPreactivation']),
  'insufficient-funds': ruleOf(462, 'The group has not enough funds to pay the merchant', [
    'voucherRedemption',
    'voucherRedemptionMisspelt',
  ]),
  'invalid-amount': ruleOf(452, 'The amount is not valid', ['voucherPreactivation']),
  'invalid-currency': ruleOf(453, 'The currency is no ISO 4217 code', ['voucherPreactivation']),
  'invalid-group': ruleOf(454, 'The voucher group is not valid', ['voucherPreactivation']),
  'invalid-instruction': [
    ruleOf(200, 'An instruction is not valid; the older dialect says so with 200', ['prepaymentValidation']),
    ruleOf(400, 'An instruction is not valid', ['bulkPayment', 'creditInstructions']),
  ],
  'invalid-request': [
    ruleOf(
      200,
      'Path, query, headers or body do not fit the contract; the older dialect says so with 200 and ResponseCode 01',
      ['prepaymentValidation', 'prepaymentValidationResponse'],
    ),
    ruleOf(
      400,
      'Path, query, headers or body do not fit the contract, told in the shape of the official document',
      [
        'activateVouchers',
        'bulkPayment',
        'creditInstructions',
        'handOverBatch',
        'registerBeneficiaries',
        'registerBeneficiary',
        'updateBeneficiaryDetails',
        'validateBeneficiaries',
        'voucherActivation',
        'voucherCancellation',
        'voucherPreactivation',
        'voucherRedemption',
        'voucherRedemptionMisspelt',
        'voucherStatusCheck',
      ],
    ),
  ],
  'invalid-serial-number': [
    ruleOf(456, 'The serial number is no number, or path and body differ', [
      'voucherActivation',
      'voucherStatusCheck',
    ]),
    ruleOf(463, 'The serial number is no number, or path and body differ', ['voucherCancellation']),
  ],
  'looked-up': ruleOf(200, 'The beneficiaries that are registered', ['lookUpBeneficiaries']),
  'merchant-not-credited': ruleOf(463, 'The account of the merchant, by its magic value, takes no credit', [
    'voucherRedemption',
    'voucherRedemptionMisspelt',
  ]),
  'merchant-of-another-group': ruleOf(463, 'The voucher is for another group of merchants', [
    'voucherRedemption',
    'voucherRedemptionMisspelt',
  ]),
  'no-such-batch': ruleOf(200, 'There is no batch of this id: the list is empty', ['getBatchDetail']),
  'no-such-direction': ruleOf(200, 'All payments here go out: the list is empty', ['getBatchDetail']),
  'no-such-voucher': [
    ruleOf(200, 'There is no voucher of this number', ['voucherStatusCheck']),
    ruleOf(400, 'There is no voucher of this number', ['getVoucherStatus']),
    ruleOf(456, 'There is no voucher of this number', ['voucherActivation']),
    ruleOf(461, 'There is no voucher of this number', ['voucherRedemption', 'voucherRedemptionMisspelt']),
    ruleOf(463, 'There is no voucher of this number', ['voucherCancellation']),
  ],
  'not-asked': ruleOf(200, 'Nobody asked for a validation of this batch', ['prepaymentValidationResponse']),
  'not-registered': ruleOf(200, 'The beneficiary is not registered', ['lookUpBeneficiary']),
  preactivated: ruleOf(200, 'A voucher was made that must be activated', ['voucherPreactivation']),
  read: ruleOf(200, 'The completed credits', ['readLedger']),
  redeemed: ruleOf(200, 'The merchant is credited', ['voucherRedemption', 'voucherRedemptionMisspelt']),
  'redeemed-already': ruleOf(200, 'The same merchant redeemed it before; it succeeds again', [
    'voucherRedemption',
    'voucherRedemptionMisspelt',
  ]),
  'refused:GSB-REQ-001': ruleOf(
    400,
    'The request fits its schema and still cannot be: the detail names the field and why',
    ['authorizeBatch', 'getBatchDetail', 'handOverBatch', 'registerBeneficiaries'],
  ),
  'refused:GSB-REQ-002': ruleOf(
    404,
    'What the request names is not there; the detail names what is nearest, where anybody may know that',
    ['readBatch'],
  ),
  registered: ruleOf(200, 'All beneficiaries are registered', [
    'registerBeneficiaries',
    'registerBeneficiary',
  ]),
  'registered-in-part': ruleOf(200, 'Some beneficiaries could not be registered; the answer names them', [
    'registerBeneficiaries',
  ]),
  'registered-otherwise': ruleOf(400, 'A beneficiary is registered with another account', [
    'registerBeneficiary',
  ]),
  'unknown-building-block': [
    ruleOf(460, 'No building block has this name', [
      'voucherActivation',
      'voucherPreactivation',
      'voucherRedemption',
      'voucherRedemptionMisspelt',
    ]),
    ruleOf(463, 'No building block has this name', ['voucherCancellation']),
  ],
  'unknown-modality': ruleOf(400, 'There is no such payment modality', [
    'registerBeneficiary',
    'updateBeneficiaryDetails',
  ]),
  updated: ruleOf(200, 'All beneficiaries are updated', ['updateBeneficiaries', 'updateBeneficiaryDetails']),
  'updated-in-part': ruleOf(200, 'Some beneficiaries could not be updated; the answer names them', [
    'updateBeneficiaries',
  ]),
  validated: ruleOf(200, 'All accounts were looked up', ['prepaymentValidationResponse']),
  validating: [
    ruleOf(200, 'The accounts are looked up', ['prepaymentValidation', 'prepaymentValidationResponse']),
    ruleOf(202, 'The accounts are looked up', ['validateBeneficiaries']),
  ],
  'voucher-blocked': [
    ruleOf(456, 'The voucher is blocked', ['voucherActivation']),
    ruleOf(461, 'The voucher is blocked', ['voucherRedemption', 'voucherRedemptionMisspelt']),
  ],
  'voucher-cancelled': [
    ruleOf(456, 'The voucher is cancelled', ['voucherActivation']),
    ruleOf(461, 'The voucher is cancelled', ['voucherRedemption', 'voucherRedemptionMisspelt']),
  ],
  'voucher-created': ruleOf(461, 'The voucher is not active yet', [
    'voucherRedemption',
    'voucherRedemptionMisspelt',
  ]),
  'voucher-expired': [
    ruleOf(456, 'The voucher has expired', ['voucherActivation']),
    ruleOf(459, 'The voucher has expired', ['voucherStatusCheck']),
    ruleOf(461, 'The voucher has expired', ['voucherRedemption', 'voucherRedemptionMisspelt']),
    ruleOf(463, 'The voucher has expired', ['voucherCancellation']),
  ],
  'voucher-not-redeemed': ruleOf(200, 'The voucher cannot be redeemed; the message says why', [
    'redeemVoucher',
  ]),
  'voucher-redeemed': [
    ruleOf(200, 'The voucher is redeemed', ['redeemVoucher']),
    ruleOf(456, 'The voucher was redeemed, and cannot be activated', ['voucherActivation']),
    ruleOf(458, 'The voucher was redeemed', ['voucherStatusCheck']),
    ruleOf(461, 'The voucher was redeemed by somebody else', [
      'voucherRedemption',
      'voucherRedemptionMisspelt',
    ]),
    ruleOf(463, 'The voucher was redeemed, and cannot be cancelled', ['voucherCancellation']),
  ],
  'voucher-refused': ruleOf(200, 'A voucher cannot be made: amount or currency is not valid', [
    'createVouchers',
  ]),
  'vouchers-activated:00': ruleOf(200, 'All vouchers are active', ['activateVouchers']),
  'vouchers-activated:01': ruleOf(200, 'Some vouchers could not be activated; the answer names them', [
    'activateVouchers',
  ]),
  'vouchers-cancelled:00': ruleOf(200, 'All vouchers are cancelled', ['cancelVouchers']),
  'vouchers-cancelled:01': ruleOf(200, 'Some vouchers could not be cancelled; the answer names them', [
    'cancelVouchers',
  ]),
  'vouchers-created': ruleOf(200, 'The vouchers are made', ['createVouchers']),
};
