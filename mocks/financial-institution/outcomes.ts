import { magicAccounts } from '../kit/magic-accounts.js';
import { magicOf, type MagicTable } from '../kit/magic.js';

/** Accounts and phone numbers of payees: the table is the kit's, since payments explains it, too. */
export const accountTable = {
  block: 'financial-institution',
  title: 'Accounts and phone numbers of payees',
  where: 'the account or the phone number that is credited. Every other one simply works.',
  values: magicAccounts.map(({ suffix, outcome, explanation }) => ({
    match: { ends: suffix },
    outcome,
    explanation,
  })),
} as const satisfies MagicTable;

/** Those of them that fail at validation already. */
export const invalidAccountTable: Pick<MagicTable, 'values'> = {
  values: accountTable.values.filter(({ outcome }) =>
    magicAccounts.some((account) => account.outcome === outcome && 'validation' in account),
  ),
};

export const payerTable = {
  block: 'financial-institution',
  title: 'Accounts of payers',
  where: 'the account that pays a batch (`payerIdentifier`). Every other one pays what it holds.',
  values: [
    {
      match: { ends: '0014' },
      outcome: 'insufficient-funds',
      explanation: 'The funds are not authorised, whatever the account holds; all its instructions fail.',
    },
  ],
} as const satisfies MagicTable;

export const amountTable = {
  block: 'financial-institution',
  title: 'Amounts',
  where: 'the amount of one credit, whatever the account.',
  values: [
    {
      match: { is: '5151.51' },
      outcome: 'limit-exceeded',
      explanation: 'The credit fails: it exceeds the limit of the account.',
    },
    {
      match: { is: '5252.52' },
      outcome: 'pending-for-ever',
      explanation: 'The credit stays pending: nobody ever learns what became of it.',
    },
  ],
} as const satisfies MagicTable;

type AmountOutcome = (typeof amountTable)['values'][number]['outcome'];

export function amountOutcome(amount: number): AmountOutcome | undefined {
  return magicOf<AmountOutcome>(amountTable, amount.toFixed(2))?.outcome;
}

export function isShortOfFunds(payer: string): boolean {
  return magicOf(payerTable, payer) !== undefined;
}
