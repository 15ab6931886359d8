import type { Operation, OperationAnswer } from '../../kit/contract-block.js';
import { toMajor } from '../../kit/money.js';
import { deriveId } from '../derive-id.js';
import { redeem } from '../redemption.js';
import type { PaymentsState, VoucherDocument } from '../state.js';
import { secretOf } from '../voucher-number.js';
import { presentStage } from '../voucher-stage.js';

interface Redemption {
  readonly requestID?: string;
  readonly voucherSerialNumber: string;
  readonly voucherSecretNumber: string;
}

/** bb-payments, Voucher Redemption: the moment at which a voucher's value reaches somebody, so the ledger gets it. */
export const redeemVoucher: Operation<PaymentsState> = async ({ state, body, key, now }) => {
  const { requestID = '', voucherSerialNumber, voucherSecretNumber } = body as unknown as Redemption;
  const voucher = (await state.vouchers.get(voucherSerialNumber))?.doc;
  const message = refusal(voucher, voucherSecretNumber, now);
  if (!voucher || message !== undefined) return refused(message ?? '');
  const redemption = {
    voucher,
    account: `voucher/${voucher._id}`,
    payeeIdentity: voucher.payeeIdentity,
    correlationId: requestID,
    transactionId: deriveId('T', 12, key),
  };
  const effects = await redeem(state, redemption, voucher.group, now);
  if (effects === undefined) return refused('insufficient funds');
  return {
    status: 200,
    rule: 'voucher-redeemed',
    body: {
      status: 1,
      message: 'redeemed (training)',
      serialNumber: voucher._id,
      value: toMajor(voucher.amountMinor),
      timestamp: now.toISOString(),
      transactionId: redemption.transactionId,
    },
    effects,
  };

  function refused(why: string): OperationAnswer {
    const body = { status: 0, message: why, serialNumber: voucherSerialNumber, value: 0 };
    return { status: 200, rule: 'voucher-not-redeemed', body };
  }
};

/** In at most 20 characters, as published. */
function refusal(voucher: VoucherDocument | undefined, secret: string, now: Date): string | undefined {
  if (!voucher) return 'no such voucher';
  if (secretOf(voucher.voucherNumber) !== secret) return 'wrong secret number';
  const stage = presentStage(voucher, now);
  return stage === 'active' ? undefined : `voucher is ${stage}`;
}
