import { magicAccount, magicAccounts } from '../kit/magic-accounts.js';
import type { MagicTable } from '../kit/magic.js';

/** Where in the payment flow a magic account shows its effect: what documentation and scenarios are written from. */
export interface PaymentOutcome {
  readonly suffix: string;
  readonly outcome: string;
  readonly atValidation: 'fails' | 'passes';
  /** Status of the instruction in the end. */
  readonly inBatch: 'COMPLETED' | 'FAILED' | 'IN_PROGRESS' | 'FAILED, then COMPLETED in a later batch';
  /** When a merchant with this account redeems a voucher, in the older dialect. */
  readonly atRedemption: 'fails' | 'passes';
  readonly explanation: string;
}

const inBatch = {
  'unknown-account': 'FAILED',
  'closed-account': 'FAILED',
  'no-liquidity': 'FAILED',
  'limit-exceeded': 'FAILED',
  'fails-once': 'FAILED, then COMPLETED in a later batch',
  'pending-then-success': 'COMPLETED',
  'pending-then-failure': 'FAILED',
  'pending-for-ever': 'IN_PROGRESS',
  'kyc-rejected': 'FAILED',
  slow: 'COMPLETED',
  duplicate: 'FAILED',
} as const;

export const paymentOutcomes: readonly PaymentOutcome[] = magicAccounts.map((account) => ({
  suffix: account.suffix,
  outcome: account.outcome,
  atValidation: 'validation' in account ? 'fails' : 'passes',
  inBatch: inBatch[account.outcome],
  // Nobody waits at a redemption, so what is pending in a batch has its outcome at once there.
  atRedemption: 'credit' in account && account.outcome !== 'fails-once' ? 'fails' : 'passes',
  explanation: account.explanation,
}));

/** Accounts of merchants that take no voucher. */
export const merchantTable: Pick<MagicTable, 'values'> = {
  values: paymentOutcomes
    .filter(({ atRedemption }) => atRedemption === 'fails')
    .map(({ suffix, outcome, explanation }) => ({ match: { ends: suffix }, outcome, explanation })),
};

const refusedMerchants = new Set(
  paymentOutcomes.flatMap(({ suffix, atRedemption }) => (atRedemption === 'fails' ? [suffix] : [])),
);

/** Why a merchant's account cannot be credited with a voucher, and by which outcome; undefined when it can. */
export function redemptionFailure(
  account: string,
): { readonly reason: string; readonly outcome: string } | undefined {
  const magic = magicAccount(account);
  if (!magic || !refusedMerchants.has(magic.suffix)) return undefined;
  return { reason: magic.credit ?? magic.outcome, outcome: magic.outcome };
}
