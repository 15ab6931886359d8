import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BlockResponse, Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createPaymentWorld, CALLBACK, instruction, type PaymentWorld } from './payment-world.js';

let world: PaymentWorld;
beforeEach(async () => {
  world = await createPaymentWorld();
});

const REQUEST = { RequestID: 'REQ-00000001', SourceBBID: 'GOV-TREASURY' };
const BATCH = 'BATCH-000001';
const payee = (number: number): string => `PAYEE-${String(number).padStart(14, '0')}`;

function beneficiary(number: number, modality?: string, address?: string): JsonObject {
  return {
    PayeeFunctionalID: payee(number),
    ...(modality === undefined ? {} : { PaymentModality: modality }),
    ...(address === undefined ? {} : { FinancialAddress: address }),
  };
}
const register = (...Beneficiaries: JsonObject[]) =>
  world.request('POST', '/register-beneficiary', { body: { ...REQUEST, Beneficiaries } });
const update = (...Beneficiaries: JsonObject[]) =>
  world.request('POST', '/update-beneficiary-details', { body: { ...REQUEST, Beneficiaries } });
const credit = (number: number, to = number): JsonObject => ({
  InstructionID: `INSTRUCTION-${String(number).padStart(4, '0')}`,
  PayeeFunctionalID: payee(to),
  Amount: 10,
  Currency: 'EUR',
  Narration: 'Training transfer',
});
const pay = (instructions: readonly JsonObject[], headers: Record<string, string> = {}) =>
  world.request('POST', '/bulk-payment', {
    headers,
    body: { ...REQUEST, BatchID: BATCH, CreditInstructions: instructions },
  });
const lookUp = async (number: number): Promise<Json | undefined> => {
  const { body } = await world.request('GET', '/beneficiary/', {
    query: { payeeIdentity: payee(number), requestId: 'R1' },
    headers: { 'x-callback_url': CALLBACK, registeringinstitutionid: 'MIN' },
  });
  return (body as JsonObject).paymentModalityList;
};
const codeOf = ({ status, body }: BlockResponse) => [status, (body as JsonObject).ResponseCode];

describe('the account mapper in the older dialect', () => {
  it('is the one of the published paths', async () => {
    expect(codeOf(await register(beneficiary(1, '00', 'BA1')))).toEqual([200, '00']);
    expect(await lookUp(1)).toEqual([
      { payeeIdentity: payee(1), paymentModality: '00', financialAddress: 'BA1' },
    ]);
    await world.register([payee(2), '01', '+4912345']);
    await update(beneficiary(2, '00', 'BB7'), beneficiary(3, '02'));
    expect(await lookUp(2)).toMatchObject([{ paymentModality: '00', financialAddress: 'BB7' }]);
    expect(await lookUp(3)).toMatchObject([{ paymentModality: '02' }]);
  });

  it('takes the same again and what was missing, but no other details', async () => {
    for (const details of [[], [], ['00', 'BA1'], ['00', 'BA1'], []] as const)
      expect(codeOf(await register(beneficiary(1, ...details)))).toEqual([200, '00']);
    const refused = await register(beneficiary(2, '00', 'BA2'), beneficiary(1, '00', 'BA9'));
    expect(refused).toMatchObject({
      status: 400,
      body: {
        ResponseCode: '01',
        RequestID: REQUEST.RequestID,
        ResponseDescription: expect.stringContaining('update'),
      },
    });
    expect(await lookUp(1)).toMatchObject([{ financialAddress: 'BA1' }]);
    // All or none.
    expect(await lookUp(2)).toEqual([]);
    expect(codeOf(await update(beneficiary(2, '00', 'BA2'), beneficiary(1, '09')))).toEqual([400, '01']);
    expect(await lookUp(2)).toEqual([]);
  });

  it('knows people without a payment route, who cannot be paid', async () => {
    await register(beneficiary(1));
    expect(await lookUp(1)).toEqual([]);
    await world.handOver([instruction('I1', payee(1))]);
    await world.runJobs();
    const { body } = await world.request('GET', '/api/v1/batch/detail', {
      query: { 'X-CorrelationID': 'CORR-1' },
      headers: { 'platform-tenantid': 'usct' },
    });
    expect(body).toMatchObject([{ status: 'FAILED', errorInformation: expect.stringContaining('modality') }]);
  });
});

describe('bulk payment in the older dialect', () => {
  const detail = async (): Promise<readonly JsonObject[]> => {
    const { body } = await world.request('GET', '/api/v1/batch/detail', {
      query: { 'X-CorrelationID': BATCH },
      headers: { 'platform-tenantid': 'any' },
    });
    return body as unknown as JsonObject[];
  };
  beforeEach(() => register(beneficiary(1, '00', 'BA1'), beneficiary(2, '01', '+4930001')));

  it('pays from the account of the source, and is found by its batch in the published dialect', async () => {
    expect(await pay([credit(1), credit(2), credit(3)])).toMatchObject({
      status: 200,
      body: { ResponseCode: '00', RequestID: REQUEST.RequestID },
    });
    await world.runJobs();
    expect(await world.ledger()).toEqual([
      expect.objectContaining({
        programme: 'GOV-TREASURY',
        payeeIdentity: payee(1),
        account: 'BA1',
        amount: 10,
      }),
    ]);
    expect((await detail()).map(({ status }) => status)).toEqual(['COMPLETED', 'FAILED', 'FAILED']);
    expect(await world.balance('BANK-A', 'GOV-TREASURY')).toBe(999_990);
    expect(world.statuses()).toEqual([]);
  });

  it('tells the end of a batch to whom the caller names', async () => {
    await pay([credit(1)], { 'x-callback-url': CALLBACK });
    await world.runJobs();
    expect(world.statuses()).toMatchObject([{ requestId: BATCH, completed: 1 }]);
  });

  it('pays twice what is sent twice, whatever its RequestID, and once under one Idempotency-Key', async () => {
    for (const _time of [1, 2]) await pay([credit(1)]);
    await world.runJobs();
    expect(await world.ledger()).toHaveLength(2);
    for (const _time of [1, 2]) await pay([credit(1)], { 'idempotency-key': 'KEY-1' });
    await world.runJobs();
    expect(await world.ledger()).toHaveLength(3);
  });

  it.each<[string, JsonObject[]]>([
    ['an amount of three decimals', [{ ...credit(1), Amount: 1.005 }]],
    ['a currency that there is not', [{ ...credit(1), Currency: 'QQQ' }]],
    ['an instruction that stands there twice', [credit(1), credit(1)]],
  ])('refuses %s, and pays nobody', async (_what, instructions) => {
    expect(codeOf(await pay(instructions))).toEqual([400, '01']);
    await world.runJobs();
    expect(await world.ledger()).toEqual([]);
  });
});

describe('pre-validation in the older dialect', () => {
  const validate = (...instructions: JsonObject[]) =>
    world.request('POST', '/prepayment-validation', {
      body: { ...REQUEST, BatchID: BATCH, CreditInstructions: instructions },
    });
  const result = async (Source_BatchID = BATCH): Promise<Json | undefined> => {
    const body = { RequestID: 'REQ-00000002', Source_BatchID };
    return (await world.request('POST', '/prepayment-validation-response', { body })).body;
  };

  it('asks the institutions, and keeps the result until somebody asks', async () => {
    await register(beneficiary(1, '00', 'BA1'), beneficiary(2, '00', 'BA0001'));
    expect(codeOf(await validate(credit(1), credit(2), credit(3)))).toEqual([200, '00']);
    expect(await result()).toMatchObject({ ResponseCode: '01', NumberFailedCases: 1 });
    await world.runJobs();
    const expected = {
      ResponseCode: '00',
      RequestID: 'REQ-00000002',
      Source_BatchID: BATCH,
      NumberFailedCases: 2,
      FailedAccounts: expect.arrayContaining([
        { InstructionID: credit(2).InstructionID, FailureReason: 'the account is not known' },
        { InstructionID: credit(3).InstructionID, FailureReason: expect.stringContaining('registered') },
      ]),
    };
    expect(await result()).toMatchObject(expected);
    expect(await result()).toMatchObject(expected);
    expect(world.kit.callbacks).toEqual([]);
  });

  it('tells the newest result, and of a batch that nobody asked about nothing', async () => {
    expect(await result()).toMatchObject({ ResponseCode: '01', RequestID: 'REQ-00000002' });
    await validate(credit(1));
    expect(await result()).toMatchObject({ ResponseCode: '00', NumberFailedCases: 1 });
    await register(beneficiary(1, '00', 'BA1'));
    await validate(credit(1));
    await world.runJobs();
    expect(await result()).toMatchObject({ ResponseCode: '00', NumberFailedCases: 0 });
  });

  it('does not bring back what a newer request has replaced', async () => {
    await register(beneficiary(1, '00', 'BA0001'));
    await validate(credit(1));
    let asked = false;
    world.kit.answerServices(async (...call) => {
      const answer = await world.deliver(...call);
      if (!asked) {
        asked = true;
        await update(beneficiary(1, '00', 'BA1'));
        await validate(credit(1));
      }
      return answer;
    });
    await world.runJobs();
    expect(await result()).toMatchObject({ ResponseCode: '00', NumberFailedCases: 0 });
    expect(await world.kit.deps.documents.collection('mock-payments-validations').count()).toBe(1);
  });

  it('takes functional IDs for people, even if they look like accounts', async () => {
    await validate({ ...credit(1), PayeeFunctionalID: 'GOV-1234567890123456' });
    expect(await result()).toMatchObject({ ResponseCode: '00', NumberFailedCases: 1 });
  });

  it('answers 200 with code 01 to what is not valid', async () => {
    expect(codeOf(await validate({ ...credit(1), Amount: null }))).toEqual([200, '01']);
    expect(codeOf(await validate({ ...credit(1), Currency: 'QQQ' }))).toEqual([200, '01']);
    expect(await result('short')).toMatchObject({ ResponseCode: '01', RequestID: 'REQ-00000002' });
  });
});

describe('careless requests in the older dialect', () => {
  const operations: [Method, string][] = [
    ['POST', '/register-beneficiary'],
    ['POST', '/update-beneficiary-details'],
    ['POST', '/bulk-payment'],
    ['POST', '/prepayment-validation'],
    ['POST', '/prepayment-validation-response'],
    ['POST', '/vouchers/voucher_preactivation'],
    ['PATCH', '/vouchers/voucher_activation'],
    ['POST', '/vouchers/voucher_redemption'],
    ['POST', '/vouchers/voucher_redeemption'],
    ['PATCH', '/vouchers/voucherstatuscheck/5'],
  ];
  it.each(operations)('%s %s are refused in its own shape', async (method, path) => {
    for (const body of [undefined, null, {}, [], 'text', 7, { RequestID: 7, CreditInstructions: [null] }]) {
      const answer = await world.request(method, path, body === undefined ? {} : { body });
      expect(answer.status).toBe(path.startsWith('/prepayment') ? 200 : 400);
      expect(answer.body).toMatchObject(
        path.startsWith('/vouchers') ? { message: expect.any(String) } : { ResponseCode: '01' },
      );
    }
  });
});
