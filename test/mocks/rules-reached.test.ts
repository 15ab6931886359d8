import { describe, expect, it } from '@jest/globals';
import type { Block, BlockRequest } from '../../contracts/block.js';
import { createDigitalRegistriesBlock } from '../../mocks/digital-registries/block.js';
import { createFinancialInstitutionBlock } from '../../mocks/financial-institution/block.js';
import { createIdentityBlock } from '../../mocks/identity/block.js';
import { createWorkflowBlock } from '../../mocks/workflow/block.js';
import type { OwnInstance } from '../../mocks/workflow/ports.js';
import { AGREEMENT, openConsentBench } from './consent/consent-bench.js';
import { packages } from './digital-registries/registries-setup.js';
import { testDeps, WORKSPACE } from './kit/test-deps.js';
import { CALLBACK, createPaymentWorld } from './payments/payment-world.js';

/** Answers that no other suite of the blocks gets; together they reach each rule that is declared. */
async function answerOf(block: Block, request: Partial<BlockRequest>): Promise<[number, string | undefined]> {
  const given = { method: 'POST', path: '/', query: {}, headers: {}, ...request } as const;
  const { status, headers } = await block.handle(WORKSPACE, given);
  return [status, headers['x-sandbox-rule']];
}

describe('rules that are seldom reached', () => {
  const BB = { Gov_Stack_BB: 'bb-payments' };
  const shop = {
    merchant_name: 'Shop',
    merchant_bank_details: 'BANK-A',
    merchant_voucher_group: 'food',
    override: 'false',
  };

  it('answer for payments', async () => {
    const { payments } = await createPaymentWorld();
    const voucher = { amount: 40, currency: 'EUR', group: 'food' };
    await payments.reset(WORKSPACE, {
      voucherGroups: [{ group: 'food', funds: 100, currency: 'EUR' }],
      vouchers: [
        { ...voucher, serialNumber: '14', voucherNumber: '94', stage: 'blocked' },
        {
          ...voucher,
          serialNumber: '15',
          voucherNumber: '95',
          stage: 'active',
          expiresAt: '2001-01-01T00:00:00Z',
        },
        { ...voucher, serialNumber: '16', voucherNumber: '96', stage: 'cancelled' },
      ],
    });
    const redeem = (number: string): Promise<unknown> =>
      answerOf(payments, {
        path: '/vouchers/voucher_redemption',
        body: { voucher_number: number, ...BB, ...shop },
      });
    expect(await redeem('94')).toEqual([461, 'voucher-blocked']);
    expect(await redeem('95')).toEqual([461, 'voucher-expired']);
    expect(await redeem('99')).toEqual([461, 'no-such-voucher']);
    expect(
      await answerOf(payments, {
        method: 'PATCH',
        path: '/vouchers/voucher_activation',
        body: { voucher_serial_number: '16', ...BB },
      }),
    ).toEqual([456, 'voucher-cancelled']);
    expect(
      await answerOf(payments, {
        method: 'PATCH',
        path: '/vouchers/voucherstatuscheck/16',
        body: { voucherserialnumber: '16', Gov_Stack_BB: 'nobody' },
      }),
    ).toEqual([463, 'unknown-building-block']);
    expect(await answerOf(payments, { method: 'GET', path: '/sandbox/batches/none' })).toEqual([
      404,
      'refused:GSB-REQ-002',
    ]);
    expect(
      await answerOf(payments, {
        method: 'GET',
        path: '/api/v1/batch/detail',
        query: { batchId: 'none', direction: 'INCOMING' },
        headers: { 'platform-tenantid': 'sandbox' },
      }),
    ).toEqual([200, 'no-such-direction']);
    const headers = { 'x-callback-url': CALLBACK };
    const instruction = { instructionID: 'I1', currency: 'XXQ', amount: 1, payeeFunctionalID: 'F1' };
    expect(
      await answerOf(payments, {
        path: '/vouchers',
        headers,
        body: { requestID: 'V1', batchID: 'B1', voucherInstructions: [instruction] },
      }),
    ).toEqual([200, 'voucher-refused']);
    expect(
      await answerOf(payments, {
        path: '/vouchers',
        query: { command: 'cancel' },
        headers,
        body: { requestID: 'V4', batchID: 'VB1', voucherInstructions: [{ serialNumber: '123456' }] },
      }),
    ).toEqual([200, 'vouchers-cancelled:01']);
  });

  it('answer for the institutions', async () => {
    const bank = createFinancialInstitutionBlock(testDeps().deps);
    await bank.reset(WORKSPACE, {});
    expect(await answerOf(bank, { method: 'GET', path: '/institutions' })).toEqual([200, 'listed']);
    const headers = { 'x-client-correlation-id': 'c1', 'x-callback-url': CALLBACK };
    expect(
      await answerOf(bank, {
        path: '/institutions/BANK-A/batches/B1',
        query: { command: 'authorize' },
        headers,
        body: { batchID: 'B1', payerIdentifier: 'NOBODY', currency: 'EUR', amount: 1 },
      }),
    ).toEqual([202, 'funds-refused']);
    expect(
      await answerOf(bank, {
        path: '/institutions/BANK-A/beneficiaries',
        query: { command: 'validate' },
        headers,
        body: {
          batchId: 'B1',
          destinationDFSPID: 'BANK-A',
          creditInstructions: [{ instructionID: 'I1', financialAddress: 'ACC-1' }],
        },
      }),
    ).toEqual([202, 'validating']);
  });

  it('answer for the institutions by magic values when a callback tells the result', async () => {
    const bank = createFinancialInstitutionBlock(testDeps().deps);
    await bank.reset(WORKSPACE, {});
    const headers = { 'x-client-correlation-id': 'c1', 'x-callback-url': CALLBACK };
    expect(
      await answerOf(bank, {
        path: '/institutions/BANK-A/batches/B1',
        query: { command: 'authorize' },
        headers,
        body: { batchID: 'B1', payerIdentifier: 'GOV-0014', currency: 'EUR', amount: 1 },
      }),
    ).toEqual([202, 'magic:insufficient-funds']);
    const validate = (accounts: readonly string[], more = {}): Promise<unknown> =>
      answerOf(bank, {
        path: '/institutions/BANK-A/beneficiaries',
        query: { command: 'validate' },
        headers: { 'x-client-correlation-id': 'c1', ...more },
        body: {
          batchId: 'B1',
          destinationDFSPID: 'BANK-A',
          creditInstructions: accounts.map((financialAddress) => ({
            instructionID: `I-${financialAddress}`,
            financialAddress,
          })),
        },
      });
    const all = ['ACC-0001', 'ACC-0002', 'ACC-0011'];
    const rule = 'magic:closed-account,kyc-rejected,unknown-account';
    expect(await validate(all)).toEqual([200, rule]);
    expect(await validate(all, headers)).toEqual([202, rule]);
  });

  it('answer for workflows', async () => {
    const running: OwnInstance = {
      id: 1,
      processRef: 'transfer',
      initTime: '2025-03-01T08:00:00.000Z',
      lastChangeTime: '2025-03-01T08:00:00.000Z',
      state: 'running',
    };
    const process = { name: 'A', version: '1', description: '', properties: {} };
    const block = createWorkflowBlock(testDeps().deps, {
      runs: {
        processes: () => [
          { ...process, id: 'transfer', isExecutable: true },
          { ...process, id: 'part', isExecutable: false },
        ],
        start: async () => running,
        instances: async () => [running],
        instance: async (_workspace, id) => (id === 2 ? { ...running, id, state: 'completed' } : running),
        stop: async () => ({ ...running, state: 'stopped' }),
      },
    });
    await block.reset(WORKSPACE, {});
    expect(await answerOf(block, { path: '/processes/transfer/start', body: {} })).toEqual([201, 'started']);
    expect(await answerOf(block, { path: '/instances/1/stop' })).toEqual([201, 'stopped']);
    expect(await answerOf(block, { path: '/instances/2/stop' })).toEqual([201, 'repeated']);
    for (const request of [
      { path: '/processes/part/start', body: {} },
      { method: 'PUT', path: '/processes/transfer', body: { version: '2' } },
      { method: 'DELETE', path: '/processes/transfer' },
    ] as const)
      expect(await answerOf(block, request)).toEqual([409, 'refused:GSB-REQ-003']);
    const definition = { name: 'Review', type: 'Public', version: '1' };
    const made = await block.handle(WORKSPACE, {
      method: 'POST',
      path: '/processes',
      query: {},
      headers: {},
      body: definition,
    });
    const { id } = made.body as { id: string };
    const wrong = { type: 'Odd' };
    expect(await answerOf(block, { method: 'PUT', path: `/processes/${id}`, body: wrong })).toEqual([
      400,
      'refused:GSB-REQ-001',
    ]);
  });

  it('answer for registries', async () => {
    const block = createDigitalRegistriesBlock(testDeps().deps);
    await block.reset(WORKSPACE, { registries: [{ ...packages, idField: 'id' }] });
    const body = { write: [{ content: { id: 'P-1', title: 'Cash' } }] };
    const headers = { 'information-mediator-client': 'A/B/C/D' };
    const create = (): Promise<unknown> =>
      answerOf(block, { path: '/data/packages/createEntries', headers, body });
    expect(await create()).toEqual([201, 'created']);
    expect(await create()).toEqual([201, 'already-there']);
  });

  it('answer for identity', async () => {
    const block = createIdentityBlock(testDeps().deps, { publicUrl: 'http://localhost:4000' });
    await block.reset(WORKSPACE, {});
    expect(await answerOf(block, { path: '/oauth/token' })).toEqual([400, 'invalid-request']);
  });

  it('answer for consent', async () => {
    const bench = await openConsentBench();
    const individual = await bench.individual();
    bench.attest('jws-1', { agreement: AGREEMENT, decision: 'granted' });
    const answer = await bench.sign(
      individual,
      { payload: '', signature: 'jws-1' },
      { expiresAt: '2001-01-01T00:00:00Z' },
    );
    expect(answer.headers['x-sandbox-rule']).toBe('expired');
    const webhook = {
      id: 'w',
      payloadUrl: 'https://clinic.example/',
      contentType: 'application/json',
      secretKey: 'training',
    };
    const hook = (change = {}) =>
      answerOf(bench.block, {
        path: '/config/webhook/',
        body: { webhook: { ...webhook, disabled: false, ...change } },
      });
    expect(await hook()).toEqual([200, 'created']);
    expect(await hook()).toEqual([200, 'repeated']);
    expect(await hook({ disabled: true })).toEqual([400, 'webhook:exists']);
  });
});
