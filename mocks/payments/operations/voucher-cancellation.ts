import type { Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { isBuildingBlock, noBuildingBlock } from '../building-blocks.js';
import { refusedVoucher, voucherDigits } from '../older-answers.js';
import type { PaymentsState } from '../state.js';
import { mayBecome, presentStage } from '../voucher-stage.js';

const INVALID = 463;
const CANCELLED_BEFORE = 464;

/** Older dialect, cancelling under voucherstatuscheck. Unlike activating, doing it again has a status of its own. */
export const voucherCancellation: Operation<PaymentsState> = async ({ state, path, body, now }) => {
  const { voucherserialnumber, Gov_Stack_BB } = body as { voucherserialnumber: string; Gov_Stack_BB: string };
  const serialNumber = voucherDigits(path.voucherserialnumber);
  if (serialNumber === undefined || voucherserialnumber !== serialNumber)
    return refusedVoucher(INVALID, 'path and body must name one serial number', 'invalid-serial-number');
  if (!(await isBuildingBlock(state, Gov_Stack_BB)))
    return refusedVoucher(INVALID, await noBuildingBlock(state, Gov_Stack_BB), 'unknown-building-block');
  const voucher = (await state.vouchers.get(serialNumber))?.doc;
  if (!voucher) return refusedVoucher(INVALID, 'there is no such voucher', 'no-such-voucher');
  const stage = presentStage(voucher, now);
  if (stage === 'cancelled')
    return refusedVoucher(CANCELLED_BEFORE, 'the voucher was cancelled before', 'cancelled-before');
  if (!mayBecome(stage, 'cancelled'))
    return refusedVoucher(INVALID, `the voucher is ${stage}`, `voucher-${stage}`);
  return {
    status: 200,
    rule: 'cancelled',
    body: { message: 'The voucher is cancelled (training).' },
    effects: [put('vouchers', { ...voucher, stage: 'cancelled' })],
  };
};
