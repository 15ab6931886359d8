import type { Json } from '../../../../contracts/json.js';
import { at, listAt } from '../../json-at.js';
import type { Answer, CheckContext, Scenario } from '../../suite.js';
import { activation, newVouchers, redemption, serials, voucherOrder, type Voucher } from './requests.js';

const ALL = ['createVouchers', 'activateVouchers', 'redeemVoucher', 'cancelVouchers', 'getVoucherStatus'];

const redeem = (
  c: CheckContext,
  voucher: Voucher,
  secret?: string,
  expected: 'success' | 'refused' = 'success',
): Promise<Answer> =>
  c.call('redeemVoucher', { query: { command: 'redeem' }, body: redemption(c, voucher, secret) }, expected);

async function stage(
  c: CheckContext,
  { serialNumber }: Voucher,
  expected: number,
  words: string,
): Promise<void> {
  const answer = await c.call('getVoucherStatus', { path: { serialNumber }, query: { fields: 'status' } });
  c.holds(answer.body, { status: expected }, words);
}

/** Vouchers as the published documents have them. */
export function voucherScenarios(): readonly Scenario[] {
  return [
    {
      id: 'voucher-life',
      title: 'A voucher is made, activated, redeemed once; another is cancelled',
      operations: ALL,
      play: async (c) => {
        const [one, two] = await newVouchers(c, 2);
        if (one === undefined || two === undefined) return;
        c.expect(
          one.serialNumber !== two.serialNumber,
          'each voucher has a number of its own',
          'two share one',
        );
        await stage(c, one, 1, 'a new voucher is created, not active');
        await redeem(c, one, undefined, 'refused');
        await c.call('activateVouchers', { query: { command: 'activate' }, body: activation(c, [one, two]) });
        await stage(c, one, 2, 'an activated voucher is active');
        await redeem(c, one, one.voucherNumber.endsWith('000000') ? '000001' : '000000', 'refused');
        await stage(c, one, 2, 'a wrong secret changes nothing');
        const redeemed = await redeem(c, one);
        c.holds(redeemed.body, { status: 1, value: 40.5 }, 'a redemption says the value');
        await stage(c, one, 3, 'a redeemed voucher is redeemed');
        await redeem(c, one, undefined, 'refused');
        const url = c.callbackUrl();
        const requestID = c.unique('V', 12);
        await c.call('cancelVouchers', {
          query: { command: 'cancel' },
          headers: { 'X-Callback-URL': url },
          body: { requestID, batchID: c.unique('B', 12), voucherInstructions: serials([one, two]) },
        });
        const told = JSON.parse((await c.callback(url, 'vouchersChanged')).body) as Json;
        c.holds(
          told,
          {
            registerRequestID: requestID,
            numberFailedCases: 1,
            failedCases: [{ serialNumber: one.serialNumber }],
          },
          'the callback names the vouchers that could not be cancelled',
        );
        await stage(c, two, 4, 'a cancelled voucher is cancelled');
        await stage(c, one, 3, 'a redeemed voucher cannot be cancelled');
        await redeem(c, two, undefined, 'refused');
      },
    },
    {
      id: 'voucher-details',
      title: 'The callback names each voucher as it was ordered',
      operations: ['createVouchers'],
      play: async (c) => {
        const url = c.callbackUrl();
        const body = voucherOrder(c, 2);
        await c.call('createVouchers', { headers: { 'X-Callback-URL': url }, body });
        const told = JSON.parse((await c.callback(url, 'vouchersCreated')).body) as Json;
        const ordered = listAt(body, 'voucherInstructions').map((each) => ({
          instructionID: at(each, 'instructionID') ?? null,
          amount: 40.5,
          currency: c.fixtures.text('currency'),
        }));
        c.holds(
          told,
          { requestID: body.requestID, voucherInstructions: ordered },
          'the callback answers the order',
        );
      },
    },
    {
      id: 'voucher-unknown',
      title: 'A voucher that there is not is refused',
      operations: ['getVoucherStatus', 'activateVouchers', 'redeemVoucher'],
      play: async (c) => {
        const nobody: Voucher = { serialNumber: '000000', voucherNumber: '0000000000000000' };
        await c.call(
          'getVoucherStatus',
          { path: { serialNumber: nobody.serialNumber }, query: { fields: 'status' } },
          'refused',
        );
        await c.call(
          'activateVouchers',
          { query: { command: 'activate' }, body: activation(c, [nobody]) },
          'refused',
        );
        await redeem(c, nobody, undefined, 'refused');
      },
    },
  ];
}
