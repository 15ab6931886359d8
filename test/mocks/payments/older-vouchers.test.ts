import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { paymentOutcomes } from '../../../mocks/payments/outcomes.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { createPaymentWorld, CALLBACK, type PaymentWorld } from './payment-world.js';

const BB = { Gov_Stack_BB: 'bb-digital-registries' };
const SHOP = {
  merchant_name: 'Corner Shop',
  merchant_bank_details: 'BANK-A',
  merchant_voucher_group: 'food',
  override: 'false',
};

let world: PaymentWorld;
beforeEach(async () => {
  world = await createPaymentWorld();
  const voucher = { amount: 40, currency: 'EUR', group: 'food', stage: 'active' };
  await world.payments.reset(WORKSPACE, {
    voucherGroups: [{ group: 'food', funds: 100, currency: 'EUR' }],
    vouchers: [
      { ...voucher, serialNumber: '11', voucherNumber: '91' },
      { ...voucher, serialNumber: '12', voucherNumber: '92' },
      { ...voucher, serialNumber: '13', voucherNumber: '93' },
      { ...voucher, serialNumber: '14', stage: 'blocked' },
      { ...voucher, serialNumber: '15', stage: 'redeemed' },
      { ...voucher, serialNumber: '16', expiresAt: '2001-01-01T00:00:00Z' },
    ],
  });
});

const preactivate = (change: JsonObject = {}) =>
  world.request('POST', '/vouchers/voucher_preactivation', {
    body: { voucher_amount: '15.21', voucher_currency: 'EUR', voucher_group: 'books', ...BB, ...change },
  });
const activate = (voucher_serial_number: Json, change: JsonObject = {}) =>
  world.request('PATCH', '/vouchers/voucher_activation', {
    body: { voucher_serial_number, ...BB, ...change },
  });
const redeem = (voucher_number: Json, change: JsonObject = {}) =>
  world.request('POST', '/vouchers/voucher_redemption', {
    body: { voucher_number, ...BB, ...SHOP, ...change },
  });
const check = (serial: string) => world.request('GET', `/vouchers/voucherstatuscheck/${serial}`);
const cancel = (serial: string, change: JsonObject = {}) =>
  world.request('PATCH', `/vouchers/voucherstatuscheck/${serial}`, {
    body: { voucherserialnumber: serial, ...BB, ...change },
  });
const published = async (serial: string): Promise<Json | undefined> => {
  const { body } = await world.request('GET', `/vouchers/${serial}`, { query: { fields: 'status' } });
  return (body as JsonObject).status;
};

describe('vouchers in the older dialect', () => {
  it('are made one by one, activated by a number or by text, and redeemed once', async () => {
    const { body } = await preactivate();
    const made = body as { voucher_number: string; voucher_serial_number: string; expiry_date_time: string };
    const { voucher_number: number, voucher_serial_number: serial } = made;
    expect([number, serial].every((digits) => Number.isSafeInteger(Number(digits)))).toBe(true);
    expect(await published(serial)).toBe(1);
    expect((await check(serial)).body).toEqual({ voucher_status: 'Pre-Activated', voucher_amount: '15.21' });
    expect((await redeem(number, { override: true })).status).toBe(461);
    expect((await activate(Number(serial))).status).toBe(200);
    expect((await activate(serial)).status).toBe(200);
    expect(await published(serial)).toBe(2);
    // Another group than the voucher's, which the merchant may override.
    expect((await redeem(number)).status).toBe(463);
    for (const _time of [1, 2]) expect((await redeem(Number(number), { override: true })).status).toBe(200);
    expect((await check(serial)).status).toBe(458);
    expect(await published(serial)).toBe(3);
    const other = { merchant_name: 'Other Shop', override: true };
    expect((await redeem(number, other)).body).toEqual({ message: 'the voucher is redeemed' });
    expect(await world.ledger()).toEqual([
      expect.objectContaining({
        programme: BB.Gov_Stack_BB,
        account: 'BANK-A',
        payeeIdentity: 'Corner Shop',
        amount: 15.21,
      }),
    ]);
  });

  it('are the ones of the published paths', async () => {
    const body = {
      requestID: 'V1',
      batchID: 'VB1',
      voucherInstructions: [{ instructionID: 'I1', currency: 'EUR', amount: 5, payeeFunctionalID: 'P1' }],
    };
    await world.request('POST', '/vouchers', { headers: { 'x-callback-url': CALLBACK }, body });
    const told = world.kit.callbacks[0]?.callback.body as unknown as {
      voucherInstructions: { serialNumber: string; voucherNumber: string }[];
    };
    const { serialNumber: serial = '', voucherNumber = '' } = told.voucherInstructions[0] ?? {};
    expect((await activate(Number(serial))).status).toBe(200);
    expect(await published(serial)).toBe(2);
    expect((await redeem(voucherNumber)).status).toBe(200);
    expect(await world.ledger()).toMatchObject([{ batchId: 'VB1', payeeIdentity: 'P1', amount: 5 }]);
    expect((await cancel('11')).status).toBe(200);
    expect(await published('11')).toBe(4);
    const made = (await preactivate()).body as { voucher_number: string; voucher_serial_number: string };
    await activate(made.voucher_serial_number);
    const redeemed = await world.request('POST', '/vouchers', {
      query: { command: 'redeem' },
      body: {
        voucherSerialNumber: made.voucher_serial_number,
        voucherSecretNumber: made.voucher_number.slice(-6),
      },
    });
    expect(redeemed.body).toMatchObject({ status: 1, value: 15.21 });
    expect((await check(made.voucher_serial_number)).status).toBe(458);
  });

  it('are paid from the funds of the group, until these are exhausted', async () => {
    expect((await redeem(91)).status).toBe(200);
    expect((await preactivate({ voucher_amount: '60.01', voucher_group: 'food' })).status).toBe(455);
    expect((await redeem(92)).status).toBe(200);
    expect((await redeem(93)).status).toBe(462);
    expect(await published('13')).toBe(2);
    // The same purse, whoever asks.
    const query = { command: 'redeem' };
    const secret = { voucherSerialNumber: '13', voucherSecretNumber: '93' };
    const { body } = await world.request('POST', '/vouchers', { query, body: secret });
    expect(body).toMatchObject({ status: 0, message: 'insufficient funds' });
    expect(await world.ledger()).toHaveLength(2);
  });

  it.each([
    ['an account that nobody holds', 'Some Company', 463],
    ...paymentOutcomes.map(({ suffix, outcome, atRedemption }): [string, string, number] => [
      `the account ${outcome}`,
      `BA-${suffix}`,
      atRedemption === 'fails' ? 463 : 200,
    ]),
    ['an account', 'BA-1234', 200],
    ["an institution's name", 'First Training Bank', 200],
  ])('credit a merchant with %s: %s', async (_what, merchant_bank_details, status) => {
    expect((await redeem(91, { merchant_bank_details })).status).toBe(status);
  });

  it.each<[string, JsonObject, number]>([
    ['an amount of three decimals', { voucher_amount: '1.005' }, 452],
    ['no number', { voucher_amount: 'much' }, 452],
    ['a negative amount', { voucher_amount: -1 }, 452],
    ['no currency', { voucher_currency: 'QQQ' }, 453],
    ['no group', { voucher_group: '' }, 454],
    ['a caller that nobody knows', { Gov_Stack_BB: 'bb-cooking' }, 460],
  ])('are not made for %s', async (_what, change, status) => {
    expect(await preactivate(change)).toMatchObject({ status, body: { message: expect.any(String) } });
  });

  it('cannot be activated when they are blocked, used, expired or unknown', async () => {
    for (const serial of [14, 15, 16, 99, -5, 1e300]) expect((await activate(serial)).status).toBe(456);
    expect((await activate('x')).status).toBe(456);
    expect((await activate(11, { Gov_Stack_BB: 'bb-cooking' })).status).toBe(460);
  });

  it('can be cancelled once, blocked ones too, but not when they are used, expired or unknown', async () => {
    expect((await cancel('11')).status).toBe(200);
    expect((await cancel('11')).status).toBe(464);
    expect((await cancel('14')).status).toBe(200);
    for (const serial of ['15', '16', '99', 'x']) expect((await cancel(serial)).status).toBe(463);
    expect((await cancel('12', { voucherserialnumber: '13' })).status).toBe(463);
    expect((await check('11')).body).toMatchObject({ voucher_status: 'Purged' });
    expect((await redeem(91)).status).toBe(461);
  });

  it('tell their status in words, and by statuses of their own', async () => {
    expect((await check('12')).body).toEqual({ voucher_status: 'Activated', voucher_amount: '40' });
    expect((await check('14')).body).toMatchObject({ voucher_status: 'Blocked' });
    expect((await check('99')).body).toMatchObject({ voucher_status: 'Not Existing' });
    expect((await check('15')).status).toBe(458);
    expect((await check('16')).status).toBe(459);
    expect((await check('x')).status).toBe(456);
    expect((await check('%7B%7D')).status).toBe(400);
    expect(await published('14')).toBe(6);
  });

  it('are refused with headers that are not valid', async () => {
    const headers = { 'x-correlationid': 'not a UUID' };
    const answer = await world.request('GET', '/vouchers/voucherstatuscheck/12', { headers });
    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('x-correlationid') },
    });
  });
});
