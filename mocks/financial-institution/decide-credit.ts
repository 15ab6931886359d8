import { magicAccount } from '../kit/magic-accounts.js';
import { amountOutcome } from './outcomes.js';
import type { AccountDocument, CreditDocument, CreditStatus } from './state.js';

/** How long a pending credit stays undecided, in milliseconds of real time. */
const PENDING_MILLISECONDS = 2_000;
/** What `slow` means. */
const SLOW_MILLISECONDS = 10_000;

export interface CreditDecision {
  readonly status: CreditStatus;
  readonly reason?: string;
  readonly decidedAt?: string;
}

/** What becomes of a new instruction; `before` is the account as it stands, if it is known at all. */
export function decideCredit(
  {
    account,
    amount,
    currency,
  }: { readonly account: string; readonly amount: number; readonly currency: string },
  before: AccountDocument | undefined,
  realNow: Date,
): CreditDecision {
  if (before && before.currency !== currency) {
    return { status: 'FAILED', reason: `the account is held in ${before.currency}` };
  }
  const special = magicAccount(account);
  if (!special) return decideByAmount(amount);
  const reason = special.credit === undefined ? {} : { reason: special.credit };
  switch (special.outcome) {
    case 'unknown-account':
    case 'closed-account':
    case 'no-liquidity':
    case 'limit-exceeded':
    case 'kyc-rejected':
    case 'duplicate':
      return { status: 'FAILED', ...reason };
    case 'fails-once':
      return (before?.instructions ?? 0) === 0 ? { status: 'FAILED', ...reason } : { status: 'COMPLETED' };
    case 'pending-then-success':
    case 'pending-then-failure':
    case 'slow': {
      const pending = special.outcome === 'slow' ? SLOW_MILLISECONDS : PENDING_MILLISECONDS;
      const decidedAt = new Date(realNow.getTime() + pending).toISOString();
      return { status: 'PENDING', decidedAt };
    }
    case 'pending-for-ever':
      return { status: 'PENDING' };
  }
}

function decideByAmount(amount: number): CreditDecision {
  switch (amountOutcome(amount)) {
    case 'limit-exceeded':
      return { status: 'FAILED', reason: 'the credit exceeds the limit of the account' };
    case 'pending-for-ever':
      return { status: 'PENDING' };
    case undefined:
      return { status: 'COMPLETED' };
  }
}

/** Which magic value decides about an instruction, if any does. */
export function magicOutcome(account: string, amount: number): string | undefined {
  return magicAccount(account)?.outcome ?? amountOutcome(amount);
}

/** The status of a booked instruction now: a pending one may have been decided in the meantime. */
export function presentDecision(credit: CreditDocument, realNow: Date): CreditDecision {
  const { status, reason, decidedAt } = credit;
  if (status !== 'PENDING' || decidedAt === undefined || realNow.getTime() < Date.parse(decidedAt)) {
    return {
      status,
      ...(reason === undefined ? {} : { reason }),
      ...(decidedAt === undefined ? {} : { decidedAt }),
    };
  }
  const special = magicAccount(credit.account);
  if (special?.outcome !== 'pending-then-failure') return { status: 'COMPLETED' };
  return { status: 'FAILED', ...(special.credit === undefined ? {} : { reason: special.credit }) };
}
