import { joinRules, magicRules } from '../kit/magic-rules.js';
import { ruleOf, type RuleCatalogue } from '../kit/rules.js';
import { accountTable, amountTable, invalidAccountTable, payerTable } from './outcomes.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const financialInstitutionRules: RuleCatalogue = {
  ...joinRules(
    magicRules(accountTable, [{ status: 200, operations: ['creditAccounts'] }]),
    magicRules(invalidAccountTable, [
      { status: 200, operations: ['validateAccounts'] },
      { status: 202, operations: ['validateAccounts'] },
    ]),
    magicRules(payerTable, [
      { status: 200, operations: ['authorizeFunds'] },
      { status: 202, operations: ['authorizeFunds'] },
    ]),
    magicRules(amountTable, [{ status: 200, operations: ['creditAccounts'] }]),
  ),
  credited: ruleOf(
    200,
    'The instructions are booked, refused or pending, each by the magic value of its account',
    ['creditAccounts'],
  ),
  'credited-before': ruleOf(200, 'All instructions were decided before; the answer is the same', [
    'creditAccounts',
  ]),
  found: ruleOf(200, 'It is there', ['readAccount']),
  'funds-authorised': [
    ruleOf(200, 'The payer has the funds; they are set aside', ['authorizeFunds']),
    ruleOf(202, 'The same, told by the callback', ['authorizeFunds']),
  ],
  'funds-refused': [
    ruleOf(200, 'The payer is unknown or has not enough funds', ['authorizeFunds']),
    ruleOf(202, 'The same, told by the callback', ['authorizeFunds']),
  ],
  listed: ruleOf(200, 'What there is, perhaps nothing', ['listInstitutions']),
  'refused:GSB-REQ-001': ruleOf(
    400,
    'The request fits its schema and still cannot be: the detail names the field and why',
    ['settleFunds'],
  ),
  'refused:GSB-REQ-002': ruleOf(
    404,
    'What the request names is not there; the detail names what is nearest, where anybody may know that',
    ['authorizeFunds', 'creditAccounts', 'readAccount', 'settleFunds', 'validateAccounts'],
  ),
  settled: ruleOf(200, 'What was set aside is paid and the rest released', ['settleFunds']),
  validated: ruleOf(200, 'Each account was looked up', ['validateAccounts']),
  validating: ruleOf(202, 'The accounts are looked up; a callback tells the result', ['validateAccounts']),
};
