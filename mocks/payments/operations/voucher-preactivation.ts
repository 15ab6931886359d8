import type { Json } from '../../../contracts/json.js';
import type { Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { isCurrency, isPayable, toMinor } from '../../kit/money.js';
import { isBuildingBlock, noBuildingBlock } from '../building-blocks.js';
import { refusedVoucher } from '../older-answers.js';
import type { PaymentsState, VoucherDocument } from '../state.js';
import { exactNumber } from '../voucher-number.js';
import { voucherExpiry } from '../voucher-stage.js';

interface Preactivation {
  readonly voucher_amount: Json;
  readonly voucher_currency: Json;
  readonly voucher_group: Json;
  readonly Gov_Stack_BB: Json;
}

/** Older dialect, voucher_preactivation: createVouchers for one voucher, with its numbers in the answer. */
export const voucherPreactivation: Operation<PaymentsState> = async ({ state, body, key, now }) => {
  const {
    voucher_amount,
    voucher_currency: currency,
    voucher_group: group,
    Gov_Stack_BB,
  } = body as unknown as Preactivation;
  const amount = Number(voucher_amount ?? NaN);
  if (!isPayable(amount)) return refusedVoucher(452, 'voucher_amount is not valid', 'invalid-amount');
  if (typeof currency !== 'string' || !isCurrency(currency))
    return refusedVoucher(453, 'voucher_currency is no ISO 4217 currency', 'invalid-currency');
  if (typeof group !== 'string' || group === '')
    return refusedVoucher(454, 'voucher_group is not valid', 'invalid-group');
  if (typeof Gov_Stack_BB !== 'string' || !(await isBuildingBlock(state, Gov_Stack_BB)))
    return refusedVoucher(460, await noBuildingBlock(state, Gov_Stack_BB), 'unknown-building-block');
  const amountMinor = toMinor(amount);
  const funding = (await state.voucherGroups.get(group))?.doc;
  if (funding && (funding.currency !== currency || funding.fundsMinor < amountMinor))
    return refusedVoucher(455, `the funds of ${group} are exhausted`, 'group-exhausted');
  const serialNumber = exactNumber(key, 'serial');
  const voucher: VoucherDocument = {
    _id: serialNumber,
    stage: 'created',
    voucherNumber: exactNumber(key, 'number'),
    batchId: 'preactivation',
    instructionId: serialNumber,
    programme: Gov_Stack_BB,
    payeeIdentity: '',
    amountMinor,
    currency,
    expiresAt: voucherExpiry(now),
    group,
  };
  return {
    status: 200,
    rule: 'preactivated',
    body: {
      voucher_number: voucher.voucherNumber,
      voucher_serial_number: serialNumber,
      expiry_date_time: voucher.expiresAt,
    },
    effects: [put('vouchers', voucher)],
  };
};
