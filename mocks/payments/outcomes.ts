import { magicAccount, magicAccounts } from '../kit/magic-accounts.js';
import { magicOf, magicRule, type MagicTable } from '../kit/magic.js';

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

/** Accounts that the mapper does not take: the only refusal that a form alone can bring about at onboarding. */
export const mapperTable = {
  block: 'payments',
  title: 'Accounts that the account mapper refuses',
  where:
    'the account with which a beneficiary is registered or updated (`FinancialAddress`). Every other one is taken, whatever becomes of its credits.',
  values: [
    {
      match: { ends: '0015' },
      outcome: 'not-mapped',
      explanation: 'The callback names the beneficiary among the failed cases; nobody is registered.',
    },
  ],
} as const satisfies MagicTable;

/** Why the mapper does not take this account; undefined when it does. */
export function mappingFailure(account: string): string | undefined {
  return magicOf(mapperTable, account) && 'the institution does not know this account';
}

/** By which rule a request is answered that the mapper took, or took in part because of a magic value. */
export function mappingRule(otherwise: string, accounts: readonly string[]): string {
  const outcomes = accounts.flatMap((account) => magicOf(mapperTable, account)?.outcome ?? []);
  return outcomes.length > 0 ? magicRule(...outcomes) : otherwise;
}
