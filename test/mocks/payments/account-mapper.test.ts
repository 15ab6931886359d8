import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { createPaymentWorld, CALLBACK, instruction, type PaymentWorld } from './payment-world.js';

let world: PaymentWorld;
beforeEach(async () => {
  world = await createPaymentWorld();
});

const lookUp = async (payeeIdentity: string, path = '/beneficiary/'): Promise<Json | undefined> => {
  const headers = { 'x-callback_url': CALLBACK, registeringinstitutionid: 'MIN' };
  const { body } = await world.request('GET', path, { query: { payeeIdentity, requestId: 'R1' }, headers });
  return body;
};
const update = (beneficiaries: Json, headers = {}) =>
  world.request('PUT', '/identityAccountMapper/beneficiary', {
    headers,
    body: { requestID: 'U1', sourceBBID: 'USCT', beneficiaries },
  });

describe('registration', () => {
  it('answers at once and reports each failure by callback', async () => {
    const answer = await world.register(
      ['P1', '00', 'BA1'],
      ['P2', '07', 'BA2'],
      ['P3', '01', ''],
      ['P4', '02', ''],
    );
    expect(answer).toMatchObject({ status: 200, body: { responseCode: '00', requestID: 'REQ000000001' } });
    expect(world.kit.callbacks[0]?.callback).toMatchObject({
      url: CALLBACK,
      operationId: 'beneficiariesRegistered',
      body: {
        registerRequestID: 'REQ000000001',
        numberFailedCases: 2,
        failedCases: [
          { payeeIdentity: 'P2', failureReason: expect.stringContaining('PaymentModality') },
          { payeeIdentity: 'P3', failureReason: expect.stringContaining('FinancialAddress') },
        ],
      },
    });
    const body = world.kit.callbacks[0]?.callback.body as { requestID: string };
    expect(body.requestID).toHaveLength(12);
  });

  it('takes the same details again, and refuses other ones', async () => {
    await world.register(['P1', '00', 'BA1']);
    await world.register(['P1', '00', 'BA1']);
    expect(world.kit.callbacks.at(-1)?.callback.body).toMatchObject({ numberFailedCases: 0 });
    await world.register(['P1', '00', 'BA2']);
    expect(world.kit.callbacks.at(-1)?.callback.body).toMatchObject({ numberFailedCases: 1 });
    expect(await lookUp('P1')).toMatchObject({ paymentModalityList: [{ financialAddress: 'BA1' }] });
  });

  it.each([
    ['RequestID of 13 characters', { RequestID: 'X'.repeat(13), Beneficiaries: [{ payeeIdentity: 'P' }] }],
    ['payee identity of 21', { RequestID: 'R', Beneficiaries: [{ payeeIdentity: 'X'.repeat(21) }] }],
    [
      'address of 31',
      { RequestID: 'R', Beneficiaries: [{ payeeIdentity: 'P', FinancialAddress: 'X'.repeat(31) }] },
    ],
  ])('refuses a %s in the published shape', async (_name, body) => {
    const headers = { 'x-callback-url': CALLBACK, 'x-registering-institution-id': 'MIN' };
    const answer = await world.request('POST', '/identityAccountMapper/beneficiary', { headers, body });
    expect(answer).toMatchObject({ status: 400, body: { ResponseCode: '01' } });
    expect(answer.headers['content-type']).toBe('application/json');
  });
});

describe('lookup', () => {
  it('finds one with and without trailing slash, and answers an empty list for nobody', async () => {
    await world.register(['P1', '01', '+9997']);
    const expected = {
      requestId: 'R1',
      paymentModalityList: [{ payeeIdentity: 'P1', paymentModality: '01', financialAddress: '+9997' }],
    };
    expect(await lookUp('P1')).toEqual(expected);
    expect(await lookUp('P1', '/beneficiary')).toEqual(expected);
    expect(await lookUp('P9')).toEqual({ requestId: 'R1', paymentModalityList: [] });
  });

  it('finds several', async () => {
    await world.register(['P1', '01', '+9997'], ['P2', '02', '']);
    const headers = { 'x-callback_url': CALLBACK, registeringinstitutionid: 'MIN' };
    const body = { requestId: 'R1', payeePartyIds: ['P2', 'P9', 'P1'] };
    const answer = await world.request('PUT', '/beneficiary', { headers, body });
    const found = (answer.body as { paymentModalityList: { payeeIdentity: string }[] }).paymentModalityList;
    expect(found.map(({ payeeIdentity }) => payeeIdentity).sort()).toEqual(['P1', 'P2']);
  });
});

describe('update', () => {
  it('changes route, institution and status; an inactive payee is not paid', async () => {
    await world.register(['P1', '00', 'BA1'], ['P2', '00', 'BA2']);
    await update([
      { payeeIdentity: 'P1', paymentModality: '01', financialAddress: '+99975' },
      { payeeIdentity: 'P2', status: '0' },
    ]);
    await world.handOver([instruction('I1', 'P1'), instruction('I2', 'P2')]);
    await world.runJobs();
    expect(await world.ledger()).toMatchObject([{ account: '+99975' }]);
    await update([{ payeeIdentity: 'P2', status: '1', bankingInstitutionCode: 'BANK-B' }]);
    await world.handOver([instruction('I3', 'P2')]);
    await world.runJobs();
    expect(await world.balance('BANK-B', 'BA2')).toBe(10);
  });

  it('reports who could not be updated to the URL that was given', async () => {
    await update([{ payeeIdentity: 'NEW', status: '1' }], { 'x-callback-url': CALLBACK });
    expect(world.kit.callbacks[0]?.callback.body).toMatchObject({
      failedCases: [{ payeeFunctionalID: 'NEW' }],
    });
  });
});
