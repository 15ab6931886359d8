import type { VoucherDocument, VoucherStage } from './state.js';

/** Status numbers of the published document, which gives 1 to 6 and 9 no names; ours are in openapi.yaml. */
export const voucherStatus: Readonly<Record<VoucherStage | 'expired', number>> = {
  created: 1,
  active: 2,
  redeemed: 3,
  cancelled: 4,
  expired: 5,
  suspended: 6,
  blocked: 6,
};
export const VOUCHER_ERROR = 9;

/** The stage now: what was not redeemed or cancelled in time is expired. */
export function presentStage(voucher: VoucherDocument, now: Date): VoucherStage | 'expired' {
  const open = voucher.stage !== 'redeemed' && voucher.stage !== 'cancelled';
  return open && Date.parse(voucher.expiresAt) <= now.getTime() ? 'expired' : voucher.stage;
}

const VALID_DAYS = 180;
const DAY = 86_400_000;

/** The instant at which a voucher made now expires. */
export function voucherExpiry(now: Date): string {
  return new Date(now.getTime() + VALID_DAYS * DAY).toISOString();
}

/** From which stages a change is possible; cancelling overrides a block. */
const changes = {
  active: ['created'],
  cancelled: ['created', 'active', 'suspended', 'blocked'],
} as const;

/** Whether an operation may bring a voucher from the one stage to the other. */
export function mayBecome(stage: VoucherStage | 'expired', to: keyof typeof changes): boolean {
  return changes[to].some((from) => from === stage);
}
