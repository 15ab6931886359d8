import { magicRules } from '../kit/magic-rules.js';
import { ruleOf, type RuleCatalogue } from '../kit/rules.js';
import { recipientTable } from './outcomes.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const messagingRules: RuleCatalogue = {
  ...magicRules(recipientTable, [
    { status: 200, operations: ['sendBatchEmail', 'sendBatchSms', 'sendSingleEmail', 'sendSingleSms'] },
  ]),
  accepted: ruleOf(200, 'The messages are taken; what becomes of each is in their status', [
    'sendBatchEmail',
    'sendBatchSms',
    'sendSingleEmail',
    'sendSingleSms',
  ]),
  counted: ruleOf(200, 'How many messages of the request are in each status', [
    'getEmailStatus',
    'getSmsStatus',
  ]),
  'invalid-input': ruleOf(405, 'The batch is no list of recipients: the official document says 405', [
    'sendBatchEmail',
    'sendBatchSms',
  ]),
  'invalid-request': ruleOf(
    405,
    'Path, query, headers or body do not fit the contract, told in the shape of the official document',
    [
      'callbackEmail',
      'callbackSms',
      'getEmailStatus',
      'getSmsStatus',
      'sendBatchEmail',
      'sendBatchSms',
      'sendSingleEmail',
      'sendSingleSms',
    ],
  ),
  listed: [
    ruleOf(200, 'The messages that were sent, newest last', ['listSandboxMessages']),
    ruleOf(200, 'The replies that came, perhaps none', ['listSandboxReplies']),
  ],
  taken: ruleOf(
    200,
    'The reply is kept, and passed on to the sender of the request where one is to be told',
    ['callbackEmail', 'callbackSms'],
  ),
  unknown: ruleOf(405, 'No request has this id', [
    'callbackEmail',
    'callbackSms',
    'getEmailStatus',
    'getSmsStatus',
  ]),
};
