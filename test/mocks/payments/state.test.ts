import type { JsonObject } from '../../../contracts/json.js';
import { createPaymentsBlock } from '../../../mocks/payments/block.js';
import { expectBody, stateSuite, type Call } from '../state.suite.js';
import { CALLBACK, instruction } from './payment-world.js';

const mapper = '/identityAccountMapper/beneficiary';
const registering = { 'x-callback-url': CALLBACK, 'x-registering-institution-id': 'MIN-SOCIAL' };

async function beneficiary(call: Call, id: string): Promise<JsonObject | undefined> {
  const answer = await call('GET', '/beneficiary/', {
    query: { payeeIdentity: id, requestId: 'R1' },
    headers: { 'x-callback_url': CALLBACK, registeringinstitutionid: 'MIN' },
  });
  return expectBody<{ paymentModalityList: readonly JsonObject[] }>(answer).paymentModalityList[0];
}

stateSuite('payments', {
  create: createPaymentsBlock,
  things: [
    {
      name: 'a beneficiary',
      create: async (call) => {
        const entry = { payeeIdentity: 'P-1', PaymentModality: '00', FinancialAddress: 'BA1' };
        const body = { RequestID: 'REQ000000001', Beneficiaries: [entry] };
        expectBody(await call('POST', mapper, { body, headers: registering }));
        return 'P-1';
      },
      read: beneficiary,
      created: { payeeIdentity: 'P-1', paymentModality: '00', financialAddress: 'BA1' },
      update: {
        run: async (call, id) => {
          const beneficiaries = [{ payeeIdentity: id, paymentModality: '01', financialAddress: 'MM2' }];
          const body = { requestID: 'U1', sourceBBID: 'USCT', beneficiaries };
          expectBody(await call('PUT', mapper, { body, headers: registering }));
        },
        expected: { paymentModality: '01', financialAddress: 'MM2' },
      },
    },
    {
      name: 'a beneficiary in the older dialect',
      create: async (call) => {
        const id = 'P'.padEnd(20, '7');
        const entry = { PayeeFunctionalID: id, PaymentModality: '00', FinancialAddress: 'BA7' };
        const body = { RequestID: 'REQ000000001', SourceBBID: 'SOURCE-BB-01', Beneficiaries: [entry] };
        expectBody(await call('POST', '/register-beneficiary', { body }));
        return id;
      },
      read: beneficiary,
      created: { financialAddress: 'BA7' },
      update: {
        run: async (call, id) => {
          const entry = { PayeeFunctionalID: id, PaymentModality: '00', FinancialAddress: 'BA8' };
          const body = { RequestID: 'REQ000000002', SourceBBID: 'SOURCE-BB-01', Beneficiaries: [entry] };
          expectBody(await call('POST', '/update-beneficiary-details', { body }));
        },
        expected: { financialAddress: 'BA8' },
      },
    },
    {
      name: 'a batch',
      create: async (call) => {
        const headers = {
          'x-correlationid': 'CORR-1',
          'platform-tenantid': 'usct',
          'x-callback-url': CALLBACK,
        };
        const handed = await call('POST', '/batchtransactions', {
          query: { type: 'raw' },
          body: [instruction('I1', 'P-1'), instruction('I2', 'P-2')],
          headers,
        });
        return expectBody<{ batchId: string }>(handed, 202).batchId;
      },
      read: async (call, id) => {
        const answer = await call('GET', `/sandbox/batches/${id}`);
        return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
      },
      created: { correlationId: 'CORR-1', total: 2, ongoing: 2, totalAmount: 20 },
      list: async (call, id) =>
        expectBody<readonly JsonObject[]>(
          await call('GET', '/api/v1/batch/detail', {
            query: { batchId: id },
            headers: { 'platform-tenantid': 'usct' },
          }),
        ).length === 2,
    },
    {
      name: 'a voucher',
      create: async (call) => {
        const body = {
          voucher_amount: '40',
          voucher_currency: 'EUR',
          voucher_group: 'GEN',
          Gov_Stack_BB: 'bb-digital-registries',
        };
        const made = await call('POST', '/vouchers/voucher_preactivation', { body });
        return expectBody<{ voucher_serial_number: string }>(made).voucher_serial_number;
      },
      read: async (call, id) => {
        const answer = await call('GET', `/vouchers/voucherstatuscheck/${id}`);
        const body = expectBody<{ voucher_status?: string }>(answer, 200, 456, 460);
        return answer.status === 200 && body.voucher_status !== 'Not Existing' ? { ...body } : undefined;
      },
      created: { voucher_status: 'Pre-Activated' },
      update: {
        run: async (call, id) => {
          const body = { voucher_serial_number: Number(id), Gov_Stack_BB: 'bb-digital-registries' };
          expectBody(await call('PATCH', '/vouchers/voucher_activation', { body }));
        },
        expected: { voucher_status: 'Activated' },
      },
    },
  ],
});
