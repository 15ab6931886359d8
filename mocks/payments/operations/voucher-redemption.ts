import type { Json } from '../../../contracts/json.js';
import type { Operation } from '../../kit/contract-block.js';
import { magicRule } from '../../kit/magic.js';
import { isBuildingBlock, noBuildingBlock } from '../building-blocks.js';
import { deriveId } from '../derive-id.js';
import { refusedVoucher, voucherDigits } from '../older-answers.js';
import { redemptionFailure } from '../outcomes.js';
import { redeem } from '../redemption.js';
import { openRouting } from '../routing.js';
import type { PaymentsState } from '../state.js';
import { presentStage } from '../voucher-stage.js';

interface MerchantRedemption {
  readonly voucher_number: Json;
  readonly Gov_Stack_BB: string;
  readonly merchant_name: string;
  readonly merchant_bank_details: string;
  readonly merchant_voucher_group: string;
  readonly override: boolean | 'true' | 'false';
}

/**
 * Older dialect, voucher_redemption: a merchant is credited from the funding account of their voucher group. The same
 * merchant redeeming the same voucher again succeeds, and is not credited again. The rules about the merchant come
 * before those about the voucher's stage, as the official suite asks for them with a voucher that is redeemed.
 */
export const voucherRedemption: Operation<PaymentsState> = async ({ state, body, headers, key, now }) => {
  const request = body as unknown as MerchantRedemption;
  const { merchant_bank_details: account, merchant_voucher_group: group } = request;
  if (!(await isBuildingBlock(state, request.Gov_Stack_BB)))
    return refusedVoucher(460, await noBuildingBlock(state, request.Gov_Stack_BB), 'unknown-building-block');
  const voucherNumber = voucherDigits(request.voucher_number);
  const found =
    voucherNumber === undefined ? [] : await state.vouchers.find({ filter: { voucherNumber }, limit: 1 });
  const voucher = found[0]?.doc;
  if (!voucher) return refusedVoucher(461, 'there is no such voucher number', 'no-such-voucher');
  const stage = presentStage(voucher, now);
  const merchant = `${request.merchant_name}, ${account}`;
  const result = { result_status: 'The voucher is redeemed (training).' };
  if (stage === 'redeemed' && voucher.merchant === merchant)
    return { status: 200, rule: 'redeemed-already', body: result };
  const magic = redemptionFailure(account);
  if (magic) return refusedVoucher(463, magic.reason, magicRule(magic.outcome));
  const reason = await whyNotCredited(state, account);
  if (reason !== undefined) return refusedVoucher(463, reason, 'merchant-not-credited');
  const overrides = request.override === true || request.override === 'true';
  if (voucher.group !== undefined && voucher.group !== group && !overrides)
    return refusedVoucher(463, `the voucher is for ${voucher.group}`, 'merchant-of-another-group');
  const redemption = {
    voucher,
    account,
    payeeIdentity: voucher.payeeIdentity === '' ? request.merchant_name : voucher.payeeIdentity,
    correlationId: headers['x-correlationid'] ?? '',
    transactionId: deriveId('T', 12, key),
    merchant,
  };
  const effects = await redeem(state, redemption, group, now);
  if (effects === undefined)
    return refusedVoucher(462, `${group} has not enough funds`, 'insufficient-funds');
  if (stage !== 'active') return refusedVoucher(461, `the voucher is ${stage}`, `voucher-${stage}`);
  return { status: 200, rule: 'redeemed', body: result, effects };
};

/** The bank details are an institution's code or name, or an account that one of them holds. */
async function whyNotCredited(state: PaymentsState, details: string): Promise<string | undefined> {
  const institutions = (await state.institutions.find()).map(({ doc }) => doc.institution);
  const byName = institutions.some(({ name }) => name === details);
  if (byName || (await openRouting(state)).ofAddress(details, details)) return undefined;
  return 'no institution that takes part holds the account of the merchant';
}
