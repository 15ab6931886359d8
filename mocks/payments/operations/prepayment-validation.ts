import type { Operation } from '../../kit/contract-block.js';
import { put, remove } from '../../kit/effects.js';
import { deriveId } from '../derive-id.js';
import { notTaken, taken } from '../older-answers.js';
import { instructionFault, type OlderBatch } from '../older-instructions.js';
import { sortOutDestinations } from '../settlement/sort-out-destinations.js';
import type { PaymentsState, ValidationDocument } from '../state.js';
import { START_DELAY } from '../timing.js';

/**
 * Older dialect, prepayment-validation: who of these could be paid. Those that the account mapper cannot route have
 * failed already, for the others their institutions are asked; prepayment-validation-response tells the result.
 */
export const prepaymentValidation: Operation<PaymentsState> = async ({ state, body, key }) => {
  const { RequestID, BatchID, CreditInstructions } = body as unknown as OlderBatch;
  const fault = instructionFault(CreditInstructions);
  if (fault !== undefined) return notTaken(200, RequestID, fault, 'invalid-instruction');
  const instructions = CreditInstructions.map(({ InstructionID, PayeeFunctionalID }) => ({
    instructionId: InstructionID,
    address: PayeeFunctionalID,
  }));
  const { failures, groups } = await sortOutDestinations(state, { instructions, destination: '' });
  const validationId = deriveId('V-', 24, key);
  const doc: ValidationDocument = {
    _id: validationId,
    correlationId: RequestID,
    batchId: BatchID,
    destination: '',
    callbackUrl: '',
    instructions,
    collected: { complete: groups.size === 0, failures },
  };
  // The newest request about a batch replaces the ones before.
  const before = (await state.validations.find({ filter: { batchId: BatchID } })).filter(
    ({ doc: { _id, collected } }) => collected !== undefined && _id !== validationId,
  );
  const job = { id: `validate/${validationId}/0`, name: 'validate', data: { validationId, round: 0 } };
  return {
    ...taken(RequestID, 'The payees are being validated; ask for the result (training).', 'validating'),
    effects: [...before.map(({ doc: { _id } }) => remove('validations', _id)), put('validations', doc)],
    jobs: groups.size === 0 ? [] : [{ job, time: { kind: 'after', milliseconds: START_DELAY } }],
  };
};
