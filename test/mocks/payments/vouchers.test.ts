import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { createPaymentWorld, CALLBACK, type PaymentWorld } from './payment-world.js';

interface Created {
  readonly serialNumber: string;
  readonly voucherNumber: string;
}

let world: PaymentWorld;
let first: Created;
let second: Created;

beforeEach(async () => {
  world = await createPaymentWorld();
  const voucher = { groupCode: 'GEN', currency: 'EUR', amount: 40.5, narration: 'Training' };
  const answer = await world.request('POST', '/vouchers', {
    headers: { 'x-callback-url': CALLBACK, 'x-program-id': 'USCT' },
    body: {
      requestID: 'V1',
      batchID: 'VB1',
      voucherInstructions: ['P1', 'P2'].map((payee, index) => ({
        ...voucher,
        instructionID: `I${index}`,
        payeeFunctionalID: payee,
      })),
    },
  });
  expect(answer).toMatchObject({ status: 200, body: { ResponseCode: '00', RequestID: 'V1' } });
  const body = world.kit.callbacks[0]?.callback.body as unknown as { voucherInstructions: Created[] };
  [first, second] = body.voucherInstructions as [Created, Created];
});

const command = (method: 'POST' | 'PUT', name: string, body: Json, headers = {}) =>
  world.request(method, '/vouchers', { query: { command: name }, body, headers });
const activate = (...serials: string[]) =>
  command('PUT', 'activate', {
    RequestID: 'V2',
    VoucherInstructions: serials.map((serialNumber) => ({ serialNumber })),
  });
const redeem = (created: Created, secret = created.voucherNumber.slice(-6)) =>
  command('POST', 'redeem', {
    requestID: 'V3',
    voucherSerialNumber: created.serialNumber,
    agentID: 'AGENT-1',
    voucherSecretNumber: secret,
  });
const statusOf = async ({ serialNumber }: Created): Promise<Json | undefined> => {
  const { body } = await world.request('GET', `/vouchers/${serialNumber}`, { query: { fields: 'status' } });
  return (body as { status: number }).status;
};

describe('vouchers', () => {
  it('are created with numbers of their own, activated, and redeemed once into the ledger', async () => {
    expect(first.serialNumber).toMatch(/^\d{6}$/);
    expect(second.serialNumber).not.toBe(first.serialNumber);
    expect(await statusOf(first)).toBe(1);
    expect((await redeem(first)).body).toMatchObject({ status: 0, message: 'voucher is created' });
    expect((await activate(first.serialNumber)).body).toMatchObject({ ResponseCode: '00' });
    expect((await redeem(first, '000000')).body).toMatchObject({ status: 0, message: 'wrong secret number' });
    expect((await redeem(first)).body).toMatchObject({ status: 1, value: 40.5 });
    expect((await redeem(first)).body).toMatchObject({ status: 0, message: 'voucher is redeemed' });
    expect(await statusOf(first)).toBe(3);
    const { body } = await world.request('GET', '/sandbox/ledger', { query: { batchId: 'VB1' } });
    expect(body).toEqual({
      entries: [expect.objectContaining({ programme: 'USCT', payeeIdentity: 'P1', amount: 40.5 })],
    });
  });

  it('can be cancelled until they are redeemed', async () => {
    await activate(first.serialNumber, second.serialNumber);
    await redeem(first);
    const serials = [first.serialNumber, second.serialNumber].map((serialNumber) => ({ serialNumber }));
    const cancel = { requestID: 'V4', batchID: 'VB1', voucherInstructions: serials };
    const answer = await command('POST', 'cancel', cancel, { 'x-callback-url': CALLBACK });
    expect(answer.body).toMatchObject({
      responseCode: '00',
      responseDescription: expect.stringContaining('1 of 2'),
    });
    expect(world.kit.callbacks.at(-1)?.callback.body).toMatchObject({
      registerRequestID: 'V4',
      failedCases: [{ serialNumber: first.serialNumber, failureReason: 'the voucher is redeemed' }],
    });
    expect((await redeem(second)).body).toMatchObject({ status: 0, message: 'voucher is cancelled' });
  });

  it('expire on the workspace clock', async () => {
    await activate(first.serialNumber);
    world.kit.clock.forward(181 * 86_400_000);
    expect(await statusOf(first)).toBe(5);
    expect((await redeem(first)).body).toMatchObject({ status: 0, message: 'voucher is expired' });
  });

  it('unknown or wrongly asked for are refused in the published shapes', async () => {
    const unknown = await world.request('GET', '/vouchers/999999', { query: { fields: 'status' } });
    expect(unknown).toMatchObject({ status: 400, body: { status: 9, value: 0 } });
    expect((await activate('999999')).body).toMatchObject({ ResponseCode: '01' });
    expect((await activate('1234567')).status).toBe(400);
  });
});
