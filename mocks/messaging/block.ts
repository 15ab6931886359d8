import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { problemAnswer } from '../kit/refusals.js';
import { collections } from './collections.js';
import { invalidInput } from './accept.js';
import { createDeliver, retry } from './delivery.js';
import { listMessages } from './operations/list-messages.js';
import { createReadStatus } from './operations/read-status.js';
import { sendBatchEmail } from './operations/send-batch-email.js';
import { sendBatchSms } from './operations/send-batch-sms.js';
import { sendSingleEmail } from './operations/send-single-email.js';
import { sendSingleSms } from './operations/send-single-sms.js';
import { allowEntry, seedMessaging } from './seeds.js';
import { openMessagingState, type MessagingState } from './state.js';

export interface MessagingOptions {
  /** Recipients beyond the reserved ones, in every workspace: addresses, numbers, `@domain`. */
  readonly allow?: readonly string[];
}

/** The messaging building block (bb-messaging 0.1.1) with text messages added, simulated: nothing leaves the sandbox. */
export function createMessagingBlock(deps: BlockDeps, options: MessagingOptions = {}): Block {
  return createContractBlock<MessagingState>(
    {
      id: 'messaging',
      title: 'Messaging',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      state: openMessagingState,
      seed: seedMessaging,
      refusal: (refusal) =>
        refusal.rule === 'invalid-request'
          ? invalidInput(refusal.detail, refusal.rule)
          : problemAnswer(refusal),
      collections,
      operations: {
        sendSingleEmail,
        sendBatchEmail,
        getEmailStatus: createReadStatus('email'),
        sendSingleSms,
        sendBatchSms,
        getSmsStatus: createReadStatus('sms'),
        listSandboxMessages: listMessages,
      },
      jobs: { deliver: createDeliver(new Set((options.allow ?? []).map(allowEntry))), retry },
      concurrentJobs: ['deliver'],
    },
    deps,
  );
}
