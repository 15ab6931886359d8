import { magicRule } from '../../kit/magic.js';
import { magicAccount } from '../../kit/magic-accounts.js';
import type { Operation } from '../../kit/contract-block.js';
import { institutionOf, type InstitutionState } from '../state.js';

interface ValidationRequest {
  readonly batchId: string;
  readonly creditInstructions: readonly {
    readonly instructionID: string;
    readonly financialAddress: string;
  }[];
}

/** bb-payments, Financial Address Validation: which accounts could not be credited. */
export const validateAccounts: Operation<InstitutionState> = async ({ state, path, headers, body }) => {
  const { code } = await institutionOf(state, path.institution);
  const { batchId, creditInstructions } = body as unknown as ValidationRequest;
  const outcomes: string[] = [];
  const failed = creditInstructions.flatMap(({ instructionID, financialAddress }) => {
    const special = magicAccount(financialAddress);
    const failureReason = special?.validation;
    if (special && failureReason !== undefined) outcomes.push(special.outcome);
    return failureReason === undefined ? [] : [{ instructionID, failureReason }];
  });
  const correlation = headers['x-client-correlation-id'] ?? '';
  const result = {
    clientCorrelationId: correlation,
    batchId,
    numberOfFailedCases: failed.length,
    failedAccountLookups: failed,
  };
  const url = headers['x-callback-url'];
  if (url === undefined)
    return { status: 200, rule: outcomes.length > 0 ? magicRule(...outcomes) : 'validated', body: result };
  return {
    status: 202,
    rule: outcomes.length > 0 ? magicRule(...outcomes) : 'validating',
    body: { message: 'The accounts are being validated (training).' },
    callbacks: [
      {
        id: `validation/${code}/${batchId}/${correlation}`,
        block: 'financial-institution',
        operationId: 'accountsValidated',
        url,
        body: result,
      },
    ],
  };
};
