/**
 * Accounts whose last four digits decide what happens to a payment: the one table that the institutions follow, that
 * payments explains, and that the documentation prints. Every other account works; 0009 and 0010 are messaging's.
 */
export const magicAccounts = [
  {
    suffix: '0001',
    outcome: 'unknown-account',
    validation: 'the account is not known',
    credit: 'the account is not known',
    explanation: 'Fails at validation, and at the credit when nobody validated.',
  },
  {
    suffix: '0002',
    outcome: 'closed-account',
    validation: 'the account is closed',
    credit: 'the account is closed',
    explanation: 'Fails at validation, and at the credit when nobody validated.',
  },
  {
    suffix: '0003',
    outcome: 'no-liquidity',
    credit: 'the institution has not enough liquidity to pay out',
    explanation: 'Passes validation, the credit fails each time.',
  },
  {
    suffix: '0004',
    outcome: 'limit-exceeded',
    credit: 'the credit exceeds the limit of the account',
    explanation: 'Passes validation, the credit fails each time.',
  },
  {
    suffix: '0005',
    outcome: 'fails-once',
    credit: 'the institution could not book the credit this time',
    explanation: 'The first instruction to this account fails, every later one succeeds: retry the failed.',
  },
  {
    suffix: '0006',
    outcome: 'pending-then-success',
    explanation: 'The credit stays pending for a moment, then succeeds.',
  },
  {
    suffix: '0007',
    outcome: 'pending-then-failure',
    credit: 'the institution returned the credit',
    explanation: 'The credit stays pending for a moment, then fails.',
  },
  {
    suffix: '0008',
    outcome: 'pending-for-ever',
    explanation: 'The credit stays pending: nobody ever learns what became of it.',
  },
  {
    suffix: '0011',
    outcome: 'kyc-rejected',
    validation: 'the holder of the account could not be verified',
    credit: 'the holder of the account could not be verified',
    explanation: 'KYC rejected: fails at validation, and at the credit when nobody validated.',
  },
  {
    suffix: '0012',
    outcome: 'slow',
    explanation: 'The credit stays pending for ten seconds, then succeeds.',
  },
  {
    suffix: '0013',
    outcome: 'duplicate',
    credit: 'the institution takes the credit for a duplicate of another',
    explanation: 'Passes validation, the credit fails each time.',
  },
] as const;

export type MagicOutcome = (typeof magicAccounts)[number]['outcome'];

export interface MagicAccount {
  readonly suffix: string;
  readonly outcome: MagicOutcome;
  /** Why validation refuses it, when it does. */
  readonly validation?: string;
  /** Why the credit fails, when it does. */
  readonly credit?: string;
  readonly explanation: string;
}

const bySuffix: ReadonlyMap<string, MagicAccount> = new Map(
  magicAccounts.map((account): [string, MagicAccount] => [account.suffix, account]),
);

/** What is special about this account or phone number; undefined for all that simply work. */
export function magicAccount(address: string): MagicAccount | undefined {
  return bySuffix.get(address.slice(-4));
}
