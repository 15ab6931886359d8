import { magicAccounts, type MagicAccount } from '../../mocks/kit/magic-accounts.js';
import { matchText, type MagicTable } from '../../mocks/kit/magic.js';
import { paymentOutcomes } from '../../mocks/payments/outcomes.js';
import { magicTables } from './magic-tables.js';
import { code, page, table } from './markdown.js';

/** Values with which a person decides what a mock does. */
export function magicValuesPage(): string {
  const accounts: readonly MagicAccount[] = magicAccounts;
  return page('Magic values', '`outcomes.ts` of each block and `mocks/kit/magic-accounts.ts`', [
    'Values that make a mock behave in a certain way. They work in forms, in the API and in scenarios. `…` stands for anything. An answer that a magic value decided says so in the header `X-Sandbox-Rule`: `magic:` and the outcome.',
    'The information mediator has none: break it with [faults](../guides/break-a-block.md), or revoke a right.',
    ...magicTables.flatMap(sectionOf),
    '## Accounts in payments',
    'Where in the payment flow an account shows its effect.',
    table(
      ['Ends in', 'Outcome', 'At validation', 'In a batch', 'At a merchant'],
      paymentOutcomes.map(({ suffix, outcome, atValidation, inBatch, atRedemption }) => [
        code(suffix),
        code(outcome),
        atValidation,
        inBatch,
        atRedemption,
      ]),
    ),
    '_At a merchant_: a merchant redeems a voucher with this account, in the older dialect.',
    'What the institution says when it fails:',
    table(
      ['Ends in', 'At validation', 'At the credit'],
      accounts
        .filter(({ validation, credit }) => validation !== undefined || credit !== undefined)
        .map(({ suffix, validation = 'passes', credit = 'passes' }) => [code(suffix), validation, credit]),
    ),
  ]);
}

function sectionOf({ title, block, where, values }: MagicTable): readonly string[] {
  return [
    `## ${title}`,
    `Block ${code(block)}. Looked for in ${where}`,
    table(
      ['Value', 'Outcome', 'What happens'],
      values.map(({ match, outcome, explanation }) => [code(matchText(match)), code(outcome), explanation]),
    ),
  ];
}
