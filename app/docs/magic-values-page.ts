import { magicAccounts, type MagicAccount } from '../../mocks/kit/magic-accounts.js';
import { paymentOutcomes } from '../../mocks/payments/outcomes.js';
import { code, page, table } from './markdown.js';

/** Values with which a person decides what a mock does. */
export function magicValuesPage(): string {
  const accounts: readonly MagicAccount[] = magicAccounts;
  return page('Magic values', '`mocks/kit/magic-accounts.ts` and `mocks/payments/outcomes.ts`', [
    'Values that make a mock behave in a certain way. They work in forms, in the API and in scenarios.',
    '## Accounts and phone numbers',
    'The last four digits decide. Every other account simply works.',
    table(
      ['Ends in', 'Outcome', 'At validation', 'In a batch', 'At a merchant', 'What happens'],
      paymentOutcomes.map(({ suffix, outcome, atValidation, inBatch, atRedemption, explanation }) => [
        code(suffix),
        code(outcome),
        atValidation,
        inBatch,
        atRedemption,
        explanation,
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
