import type { Effect } from '../kit/contract-block.js';
import { put } from '../kit/effects.js';
import type { LedgerDocument, PaymentsState, VoucherDocument } from './state.js';

export interface Redemption {
  readonly voucher: VoucherDocument;
  /** What is credited, and for whom. */
  readonly account: string;
  readonly payeeIdentity: string;
  readonly correlationId: string;
  readonly transactionId: string;
  readonly merchant?: string;
}

/**
 * The moment at which a voucher's value reaches somebody, so the ledger gets it: one entry per voucher, whatever
 * happens. Undefined when the funding account of the group does not hold the amount; nothing is written then.
 */
export async function redeem(
  state: PaymentsState,
  { voucher, account, payeeIdentity, correlationId, transactionId, merchant }: Redemption,
  group: string | undefined,
  now: Date,
): Promise<readonly Effect[] | undefined> {
  const { amountMinor, currency, batchId, instructionId, programme } = voucher;
  const funding = group === undefined ? undefined : (await state.voucherGroups.get(group))?.doc;
  if (funding && (funding.currency !== currency || funding.fundsMinor < amountMinor)) return undefined;
  const entry: LedgerDocument = {
    _id: `${batchId}/${instructionId}/${voucher._id}`,
    programme,
    payeeIdentity,
    account,
    amountMinor,
    currency,
    batchId,
    instructionId,
    correlationId,
    at: now.toISOString(),
  };
  const redeemed: VoucherDocument = {
    ...voucher,
    stage: 'redeemed',
    transactionId,
    ...(merchant === undefined ? {} : { merchant }),
  };
  return [
    put('vouchers', redeemed),
    put('ledger', entry),
    ...(funding ? [put('voucherGroups', { ...funding, fundsMinor: funding.fundsMinor - amountMinor })] : []),
  ];
}
