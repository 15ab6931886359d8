import type { VoucherDocument, VoucherStage } from './state.js';

/** Status numbers of the published document, which gives 1 to 6 and 9 no names; ours are in openapi.yaml. */
export const voucherStatus: Readonly<Record<VoucherStage | 'expired', number>> = {
  created: 1,
  active: 2,
  redeemed: 3,
  cancelled: 4,
  expired: 5,
};
export const VOUCHER_ERROR = 9;

/** The stage now: what was not redeemed or cancelled in time is expired. */
export function presentStage(voucher: VoucherDocument, now: Date): VoucherStage | 'expired' {
  const open = voucher.stage === 'created' || voucher.stage === 'active';
  return open && Date.parse(voucher.expiresAt) <= now.getTime() ? 'expired' : voucher.stage;
}
