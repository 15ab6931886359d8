import type { Operation } from '../../kit/contract-block.js';
import { toMajor } from '../../kit/money.js';
import type { PaymentsState } from '../state.js';
import { presentStage, VOUCHER_ERROR, voucherStatus } from '../voucher-stage.js';

/** bb-payments, Voucher Status. */
export const getVoucherStatus: Operation<PaymentsState> = async ({ state, path, now }) => {
  const serialNumber = path.serialNumber ?? '';
  const voucher = (await state.vouchers.get(serialNumber))?.doc;
  if (!voucher) {
    const body = { status: VOUCHER_ERROR, message: 'there is no such voucher', serialNumber, value: 0 };
    return { status: 400, rule: 'no-such-voucher', body };
  }
  const status = voucherStatus[presentStage(voucher, now)];
  return { status: 200, rule: 'found', body: { status, serialNumber, value: toMajor(voucher.amountMinor) } };
};
