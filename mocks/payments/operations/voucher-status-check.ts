import type { Operation } from '../../kit/contract-block.js';
import { toMajor } from '../../kit/money.js';
import { refusedVoucher, voucherDigits } from '../older-answers.js';
import type { PaymentsState } from '../state.js';
import { presentStage } from '../voucher-stage.js';

const words = {
  created: 'Pre-Activated',
  active: 'Activated',
  suspended: 'Suspended',
  blocked: 'Blocked',
  cancelled: 'Purged',
} as const;

/** Older dialect, voucherstatuscheck. What is redeemed or expired answers with a status of its own. */
export const voucherStatusCheck: Operation<PaymentsState> = async ({ state, path, now }) => {
  const serialNumber = voucherDigits(path.voucherserialnumber);
  if (serialNumber === undefined)
    return refusedVoucher(456, 'the serial number is no number', 'invalid-serial-number');
  const voucher = (await state.vouchers.get(serialNumber))?.doc;
  if (!voucher)
    return {
      status: 200,
      rule: 'no-such-voucher',
      body: { voucher_status: 'Not Existing', voucher_amount: '0' },
    };
  const stage = presentStage(voucher, now);
  if (stage === 'redeemed') return refusedVoucher(458, 'the voucher was used', 'voucher-redeemed');
  if (stage === 'expired') return refusedVoucher(459, 'the voucher has expired', 'voucher-expired');
  return {
    status: 200,
    rule: 'found',
    body: { voucher_status: words[stage], voucher_amount: String(toMajor(voucher.amountMinor)) },
  };
};
