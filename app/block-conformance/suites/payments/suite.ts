import { at, textAt } from '../../json-at.js';
import type { CallParts, CheckContext, Suite } from '../../suite.js';
import { bulkPaymentScenarios } from './bulk-payment-scenarios.js';
import { mapperScenarios } from './mapper-scenarios.js';
import {
  bb,
  olderBatch,
  olderBeneficiaries,
  olderRedemption,
  olderScenarios,
  olderVoucher,
  preactivation,
} from './older-scenarios.js';
import {
  activation,
  batchHeaders,
  goodAccount,
  institutionHeaders,
  instruction,
  lookupHeaders,
  newPayee,
  newVouchers,
  redemption,
  registration,
  serials,
  voucherOrder,
} from './requests.js';
import { voucherScenarios } from './voucher-scenarios.js';

/** Samples are about the answer alone: where a callback cannot arrive it goes nowhere. */
const NOWHERE = 'http://127.0.0.1:9/nowhere';

const g2p = [
  'registerBeneficiaries',
  'updateBeneficiaries',
  'lookUpBeneficiary',
  'lookUpBeneficiaries',
  'validateBeneficiaries',
  'handOverBatch',
  'authorizeBatch',
  'getBatchDetail',
];
const olderG2p = [
  'registerBeneficiary',
  'updateBeneficiaryDetails',
  'prepaymentValidation',
  'prepaymentValidationResponse',
  'bulkPayment',
  'creditInstructions',
];
const vouchers = [
  'createVouchers',
  'activateVouchers',
  'redeemVoucher',
  'cancelVouchers',
  'getVoucherStatus',
];
const olderVouchers = [
  'voucherPreactivation',
  'voucherActivation',
  'voucherRedemption',
  'voucherRedemptionMisspelt',
  'voucherStatusCheck',
  'voucherCancellation',
];

const olderRedeem = async (c: CheckContext): Promise<CallParts> => ({
  body: olderRedemption(c, await olderVoucher(c, true)),
});

export const payments: Suite = {
  block: 'payments',
  specification: { name: 'GovStack bb-payments, G2P and voucher APIs', version: '1.0.0' },
  limitsArePublished: true,
  samples: {
    registerBeneficiaries: (c) => ({
      headers: institutionHeaders(c, NOWHERE),
      body: registration(c, [newPayee(c)]),
    }),
    updateBeneficiaries: (c) => ({
      body: {
        requestID: c.unique('U', 12),
        sourceBBID: 'CHECKS',
        beneficiaries: [
          { payeeIdentity: newPayee(c).identity, paymentModality: '00', financialAddress: goodAccount(c) },
        ],
      },
    }),
    lookUpBeneficiary: (c) => ({
      query: { payeeIdentity: 'P1', requestId: 'L1' },
      headers: lookupHeaders(c),
    }),
    lookUpBeneficiaries: (c) => ({
      headers: lookupHeaders(c),
      body: { requestId: 'L1', payeePartyIds: ['P1'] },
    }),
    validateBeneficiaries: (c) => ({
      query: { command: 'validate' },
      headers: { ...institutionHeaders(c, NOWHERE), 'X-Client-Correlation-ID': c.unique('C', 20) },
      body: {
        batchId: c.unique('B', 16),
        destinationDFSPID: c.fixtures.text('institution'),
        creditInstructions: [
          {
            instructionID: c.unique('I', 16),
            financialAddress: goodAccount(c),
            amount: 5,
            currency: c.fixtures.text('currency'),
          },
        ],
      },
    }),
    handOverBatch: (c) => ({
      query: { type: 'raw' },
      headers: batchHeaders(c, c.unique('C', 20), NOWHERE),
      body: [instruction(c, newPayee(c).identity)],
    }),
    authorizeBatch: (c) => {
      const batchID = c.unique('B', 16);
      return {
        path: { batchId: batchID },
        query: { command: 'authorize' },
        headers: { 'X-Client-Correlation-ID': c.unique('C', 20), 'X-Callback-URL': NOWHERE },
        body: {
          batchID,
          payerIdentifier: c.fixtures.text('payer'),
          currency: c.fixtures.text('currency'),
          amount: 5,
        },
      };
    },
    getBatchDetail: (c) => ({
      query: { batchId: 'B1' },
      headers: { 'Platform-TenantId': c.fixtures.text('tenant') },
    }),
    createVouchers: (c) => ({ headers: { 'X-Callback-URL': NOWHERE }, body: voucherOrder(c) }),
    activateVouchers: async (c) => ({
      query: { command: 'activate' },
      body: activation(c, await newVouchers(c)),
    }),
    redeemVoucher: async (c) => {
      const made = await newVouchers(c);
      await c.call('activateVouchers', { query: { command: 'activate' }, body: activation(c, made) });
      const [voucher = { serialNumber: '', voucherNumber: '' }] = made;
      return { query: { command: 'redeem' }, body: redemption(c, voucher) };
    },
    cancelVouchers: async (c) => ({
      query: { command: 'cancel' },
      body: {
        requestID: c.unique('V', 12),
        batchID: c.unique('B', 12),
        voucherInstructions: serials(await newVouchers(c)),
      },
    }),
    getVoucherStatus: async (c) => ({
      path: { serialNumber: (await newVouchers(c))[0]?.serialNumber ?? '' },
      query: { fields: 'status' },
    }),
    registerBeneficiary: (c) => ({ body: olderBeneficiaries(c) }),
    updateBeneficiaryDetails: (c) => ({ body: olderBeneficiaries(c) }),
    prepaymentValidation: (c) => ({ body: olderBatch(c, [c.unique('P', 20)]) }),
    prepaymentValidationResponse: async (c) => {
      const batch = olderBatch(c, [c.unique('P', 20)]);
      await c.call('prepaymentValidation', { body: batch });
      const body = { RequestID: c.unique('R', 12), Source_BatchID: batch.BatchID };
      await c.until(
        () => c.call('prepaymentValidationResponse', { body }, 'any'),
        (answer) => at(answer, 'ResponseCode') === '00',
      );
      return { body };
    },
    creditInstructions: (c) => ({ body: olderBatch(c, [c.unique('P', 20)]) }),
    bulkPayment: (c) => ({ body: olderBatch(c, [c.unique('P', 20)]) }),
    voucherPreactivation: (c) => ({ body: preactivation(c) }),
    voucherActivation: async (c) => ({
      body: { ...bb(c), voucher_serial_number: (await olderVoucher(c, false)).serial },
    }),
    voucherRedemption: olderRedeem,
    voucherRedemptionMisspelt: olderRedeem,
    voucherStatusCheck: async (c) => ({
      path: { voucherserialnumber: (await olderVoucher(c, false)).serial },
    }),
    voucherCancellation: async (c) => {
      const { serial } = await olderVoucher(c, true);
      return { path: { voucherserialnumber: serial }, body: { ...bb(c), voucherserialnumber: serial } };
    },
    readLedger: () => ({}),
    readBatch: async (c) => {
      const answer = await c.call('handOverBatch', {
        query: { type: 'raw' },
        headers: batchHeaders(c, c.unique('C', 20), NOWHERE),
        body: [instruction(c, newPayee(c).identity)],
      });
      return { path: { batchId: textAt(answer, 'batchId') } };
    },
  },
  scenarios: [...mapperScenarios(), ...bulkPaymentScenarios(), ...voucherScenarios(), ...olderScenarios()],
  profiles: {
    g2p: {
      title: 'Account mapper, validation and bulk payment',
      operations: [...g2p, ...olderG2p, 'readLedger', 'readBatch'],
    },
    vouchers: { title: 'Vouchers', operations: [...vouchers, ...olderVouchers] },
    mapper: {
      title: 'The account mapper alone',
      operations: [...g2p.slice(0, 4), 'registerBeneficiary', 'updateBeneficiaryDetails'],
    },
  },
  // Both spellings say within a 200 that a request was not taken; a redemption says 0, an unknown voucher 9.
  refuses: ({ body }) => {
    const code = at(body, 'responseCode') ?? at(body, 'ResponseCode');
    const status = at(body, 'status');
    return (
      (code !== undefined && code !== '00') ||
      (status === 0 && at(body, 'message') !== undefined) ||
      status === 9
    );
  },
};
