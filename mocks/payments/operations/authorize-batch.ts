import { SandboxError } from '../../../contracts/problems.js';
import type { Operation } from '../../kit/contract-block.js';
import { deriveId } from '../derive-id.js';
import type { PaymentsState } from '../state.js';
import { START_DELAY } from '../timing.js';

/** bb-payments, Batch Funds Authorization. Raises GSB-REQ-001 when nobody said where the decision is to be sent. */
export const authorizeBatch: Operation<PaymentsState> = async ({ state, path, headers, body, key }) => {
  const batchId = path.batchId ?? '';
  const { payerIdentifier, currency, amount } = body as {
    payerIdentifier: string;
    currency: string;
    amount: number;
  };
  const callbackUrl = headers['x-callback-url'] ?? (await state.batches.get(batchId))?.doc.callbackUrl;
  if (callbackUrl === undefined) {
    throw new SandboxError('GSB-REQ-001', {
      detail: '/header/x-callback-url is needed for a batch not handed over yet',
    });
  }
  const correlationId = headers['x-client-correlation-id'] ?? '';
  const data = { batchId, payerIdentifier, currency, amount, callbackUrl, correlationId, round: 0 };
  return {
    status: 202,
    rule: 'authorising',
    body: { message: 'Authorisation is in process; the decision follows as a callback (training).' },
    jobs: [
      {
        job: { id: `authorize/${deriveId('', 20, key)}`, name: 'authorize', data },
        time: { kind: 'after', milliseconds: START_DELAY },
      },
    ],
  };
};
