import { z } from 'zod';
import type { Block, BlockDeps } from '../../contracts/block.js';
import type { MailServer } from '../../contracts/mail.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { problemAnswer } from '../kit/refusals.js';
import { invalidInput } from './accept.js';
import { createDeliver, createRetry } from './delivery.js';
import { listMessages } from './operations/list-messages.js';
import { listReplies } from './operations/list-replies.js';
import { createReadStatus } from './operations/read-status.js';
import { sendBatchEmail } from './operations/send-batch-email.js';
import { sendBatchSms } from './operations/send-batch-sms.js';
import { sendSingleEmail } from './operations/send-single-email.js';
import { sendSingleSms } from './operations/send-single-sms.js';
import { createTakeReply } from './operations/take-reply.js';
import { deriveCounts } from './derive-counts.js';
import { allowEntry, seedMessaging } from './seeds.js';
import { messagingRules } from './rules.js';
import { openMessagingState, type MessagingState } from './state.js';

export interface MessagingOptions {
  /** Recipients beyond the reserved ones, in every workspace: addresses, numbers, `@domain`. */
  readonly allow?: readonly string[];
  /** A real server for e-mail; without it nothing leaves the sandbox. */
  readonly mail?: MailServer;
}

/** The messaging building block (bb-messaging 0.1.1) with text messages added, simulated: nothing leaves the sandbox but e-mail where there is a mail server. */
export function createMessagingBlock(deps: BlockDeps, options: MessagingOptions = {}): Block {
  return createContractBlock<MessagingState>(
    {
      id: 'messaging',
      title: 'Messaging',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      rules: messagingRules,
      state: openMessagingState,
      schemas: { notices: z.strictObject({ text: z.string().min(10) }), allowed: z.strictObject({}) },
      derive: deriveCounts,
      seed: seedMessaging,
      refusal: (refusal) =>
        refusal.rule === 'invalid-request'
          ? invalidInput(refusal.detail, refusal.rule)
          : problemAnswer(refusal),
      operations: {
        sendSingleEmail,
        sendBatchEmail,
        getEmailStatus: createReadStatus('email'),
        sendSingleSms,
        sendBatchSms,
        getSmsStatus: createReadStatus('sms'),
        listSandboxMessages: listMessages,
        callbackEmail: createTakeReply('email'),
        callbackSms: createTakeReply('sms'),
        listSandboxReplies: listReplies,
      },
      jobs: {
        deliver: createDeliver(new Set((options.allow ?? []).map(allowEntry)), options.mail),
        retry: createRetry(options.mail),
      },
      concurrentJobs: ['deliver', 'retry'],
    },
    deps,
  );
}
