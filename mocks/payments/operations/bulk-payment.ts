import type { Operation } from '../../kit/contract-block.js';
import { acceptBatch } from '../accept-batch.js';
import { notTaken, taken } from '../older-answers.js';
import { instructionFault, type OlderBatch } from '../older-instructions.js';
import type { PaymentsState } from '../state.js';

/**
 * Older dialect, bulk-payment: handOverBatch in another spelling. It names no payer, so the account whose number is
 * the SourceBBID pays; its BatchID is the correlation id that the batch is found by. As there, two handovers are two
 * batches: neither RequestID nor BatchID recognises a repetition, only an Idempotency-Key does.
 */
export const bulkPayment: Operation<PaymentsState> = ({ body, headers, key, now }) => {
  const { RequestID, SourceBBID, BatchID, CreditInstructions } = body as unknown as OlderBatch;
  const fault = instructionFault(CreditInstructions);
  if (fault !== undefined) return Promise.resolve(notTaken(400, RequestID, fault, 'invalid-instruction'));
  const order = {
    correlationId: BatchID,
    tenant: '',
    programme: SourceBBID,
    callbackUrl: headers['x-callback-url'] ?? '',
    instructions: CreditInstructions.map(
      ({ InstructionID, PayeeFunctionalID, Amount, Currency, Narration }) => ({
        instructionId: InstructionID,
        payee: { key: 'payeeFunctionalID', value: PayeeFunctionalID },
        payer: { key: 'payerIdentity', value: SourceBBID },
        amount: Amount,
        currency: Currency,
        ...(typeof Narration === 'string' ? { narration: Narration } : {}),
      }),
    ),
  };
  const { effects, jobs } = acceptBatch(order, key, now);
  return Promise.resolve({
    ...taken(RequestID, 'The batch was taken and is settled afterwards (training).', 'accepted'),
    effects,
    jobs,
  });
};
