import type { Operation } from '../../kit/contract-block.js';
import { notTaken } from '../older-answers.js';
import type { PaymentsState } from '../state.js';

/**
 * Older dialect, prepayment-validation-response. Its document describes a callback, the official suite asks for the
 * result here; so the answer carries both: response code, and the failed accounts as far as they are known.
 */
export const prepaymentValidationResponse: Operation<PaymentsState> = async ({ state, body }) => {
  const { RequestID, Source_BatchID } = body as { RequestID: string; Source_BatchID: string };
  const found = await state.validations.find({ filter: { batchId: Source_BatchID } });
  const collected = found.find(({ doc }) => doc.collected !== undefined)?.doc.collected;
  if (collected === undefined)
    return notTaken(200, RequestID, 'Nobody asked for a validation of this batch (training).', 'not-asked');
  const { complete, failures } = collected;
  return {
    status: 200,
    rule: complete ? 'validated' : 'validating',
    body: {
      ResponseCode: complete ? '00' : '01',
      ResponseDescription: complete
        ? 'The payees were validated (training).'
        : 'Institutions are still being asked; ask again (training).',
      RequestID,
      Source_BatchID,
      NumberFailedCases: failures.length,
      FailedAccounts: failures.map(({ instructionID, failureReason }) => ({
        InstructionID: instructionID,
        FailureReason: failureReason,
      })),
    },
  };
};
