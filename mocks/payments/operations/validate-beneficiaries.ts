import type { Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { deriveId } from '../derive-id.js';
import type { PaymentsState, ValidationDocument } from '../state.js';
import { START_DELAY } from '../timing.js';

interface ValidationRequest {
  readonly batchId: string;
  readonly destinationDFSPID: string;
  readonly creditInstructions: readonly {
    readonly instructionID: string;
    readonly financialAddress: string;
  }[];
}

/** bb-payments, Financial Address Validation, as a ministry asks for it before it pays. */
export const validateBeneficiaries: Operation<PaymentsState> = ({ body, headers, key }) => {
  const { batchId, destinationDFSPID, creditInstructions } = body as unknown as ValidationRequest;
  const validationId = deriveId('V-', 24, key);
  const doc: ValidationDocument = {
    _id: validationId,
    correlationId: headers['x-client-correlation-id'] ?? '',
    batchId,
    destination: destinationDFSPID,
    callbackUrl: headers['x-callback-url'] ?? '',
    instructions: creditInstructions.map(({ instructionID, financialAddress }) => ({
      instructionId: instructionID,
      address: financialAddress,
    })),
  };
  return Promise.resolve({
    status: 202,
    rule: 'validating',
    body: { message: 'The destinations are being validated; the result follows as a callback (training).' },
    effects: [put('validations', doc)],
    jobs: [
      {
        job: { id: `validate/${validationId}/0`, name: 'validate', data: { validationId, round: 0 } },
        time: { kind: 'after', milliseconds: START_DELAY },
      },
    ],
  });
};
