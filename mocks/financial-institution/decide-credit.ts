import { magicAccount } from '../kit/magic-accounts.js';
import type { AccountDocument, CreditDocument, CreditStatus } from './state.js';

/** How long a pending credit stays undecided, in milliseconds of real time. */
const PENDING_MILLISECONDS = 2000;

export interface CreditDecision {
  readonly status: CreditStatus;
  readonly reason?: string;
  readonly decidedAt?: string;
}

/** What becomes of a new instruction; `before` is the account as it stands, if it is known at all. */
export function decideCredit(
  account: string,
  currency: string,
  before: AccountDocument | undefined,
  realNow: Date,
): CreditDecision {
  if (before && before.currency !== currency) {
    return { status: 'FAILED', reason: `the account is held in ${before.currency}` };
  }
  const special = magicAccount(account);
  if (!special) return { status: 'COMPLETED' };
  const reason = special.credit === undefined ? {} : { reason: special.credit };
  switch (special.outcome) {
    case 'unknown-account':
    case 'closed-account':
    case 'no-liquidity':
    case 'limit-exceeded':
      return { status: 'FAILED', ...reason };
    case 'fails-once':
      return (before?.instructions ?? 0) === 0 ? { status: 'FAILED', ...reason } : { status: 'COMPLETED' };
    case 'pending-then-success':
    case 'pending-then-failure': {
      const decidedAt = new Date(realNow.getTime() + PENDING_MILLISECONDS).toISOString();
      return { status: 'PENDING', decidedAt };
    }
    case 'pending-for-ever':
      return { status: 'PENDING' };
  }
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
