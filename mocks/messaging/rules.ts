import { ruleOf, type RuleCatalogue } from '../kit/rules.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const messagingRules: RuleCatalogue = {
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
    ['getEmailStatus', 'getSmsStatus', 'sendBatchEmail', 'sendBatchSms', 'sendSingleEmail', 'sendSingleSms'],
  ),
  listed: ruleOf(200, 'The messages that were sent, newest last', ['listSandboxMessages']),
  unknown: ruleOf(405, 'No request has this id', ['getEmailStatus', 'getSmsStatus']),
};
