import type { Json } from '../../../contracts/json.js';
import type { Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { isBuildingBlock, noBuildingBlock } from '../building-blocks.js';
import { refusedVoucher, voucherDigits } from '../older-answers.js';
import type { PaymentsState } from '../state.js';
import { mayBecome, presentStage } from '../voucher-stage.js';

/** Older dialect, voucher_activation. Activating again what is active succeeds. */
export const voucherActivation: Operation<PaymentsState> = async ({ state, body, now }) => {
  const { voucher_serial_number, Gov_Stack_BB } = body as {
    voucher_serial_number: Json;
    Gov_Stack_BB: string;
  };
  if (!(await isBuildingBlock(state, Gov_Stack_BB)))
    return refusedVoucher(460, await noBuildingBlock(state, Gov_Stack_BB), 'unknown-building-block');
  const serialNumber = voucherDigits(voucher_serial_number);
  if (serialNumber === undefined)
    return refusedVoucher(456, 'voucher_serial_number is no number', 'invalid-serial-number');
  const voucher = (await state.vouchers.get(serialNumber))?.doc;
  if (!voucher) return refusedVoucher(456, 'there is no such voucher', 'no-such-voucher');
  const stage = presentStage(voucher, now);
  if (stage !== 'active' && !mayBecome(stage, 'active'))
    return refusedVoucher(456, `the voucher is ${stage}`, `voucher-${stage}`);
  return {
    status: 200,
    rule: stage === 'active' ? 'active-already' : 'activated',
    body: { result_status: 'The voucher is active (training).' },
    effects: stage === 'active' ? [] : [put('vouchers', { ...voucher, stage: 'active' })],
  };
};
