import type { JobHandler } from '../../kit/contract-block.js';
import { callInstitution } from '../institution-client.js';
import { openRouting } from '../routing.js';
import type { BeneficiaryDocument, PaymentsState, ValidationDocument } from '../state.js';
import { MOST_ROUNDS, pauseBefore } from '../timing.js';

interface Failure {
  readonly instructionID: string;
  readonly failureReason: string;
}

const AT_ONCE = 1000;

/** Validates the destinations of one request with the institutions that hold them, then calls back. */
export const validateDestinations: JobHandler<PaymentsState> = async ({ workspace, state, deps, data }) => {
  const { validationId, round } = data as { validationId: string; round: number };
  const validation = (await state.validations.get(validationId))?.doc;
  if (!validation) return;
  const { failures, groups } = await sortOut(state, validation);
  let unclear = false;
  const routing = await openRouting(state);
  for (const [code, accounts] of groups) {
    const institution = routing.institution(code);
    if (!institution) continue;
    for (let at = 0; at < accounts.length; at += AT_ONCE) {
      const creditInstructions = accounts.slice(at, at + AT_ONCE);
      const answer = await callInstitution(deps, workspace, institution, {
        path: '/beneficiaries',
        command: 'validate',
        headers: { 'x-client-correlation-id': validation.correlationId },
        body: { batchId: validation.batchId, destinationDFSPID: code, creditInstructions },
      });
      if (answer.kind === 'answered')
        failures.push(...(answer.body.failedAccountLookups as unknown as Failure[]));
      else if (answer.kind === 'unclear') unclear = true;
      else
        failures.push(
          ...creditInstructions.map(({ instructionID }) => ({ instructionID, failureReason: answer.reason })),
        );
    }
  }
  if (unclear && round < MOST_ROUNDS) {
    const next = round + 1;
    const job = {
      id: `validate/${validationId}/${next}`,
      name: 'validate',
      data: { validationId, round: next },
    };
    return { jobs: [{ job, time: { kind: 'after', milliseconds: pauseBefore(next) } }] };
  }
  return {
    effects: [{ kind: 'delete', collection: 'validations', id: validationId }],
    callbacks: [
      {
        id: `validation/${validationId}`,
        block: 'payments',
        operationId: 'beneficiariesValidated',
        url: validation.callbackUrl,
        body: {
          clientCorrelationId: validation.correlationId,
          batchId: validation.batchId,
          numberOfFailedCases: failures.length,
          failedAccountLookups: failures.map(({ instructionID, failureReason }) => ({
            instructionID,
            failureReason,
          })),
        },
      },
    ],
  };
};

type Account = { readonly instructionID: string; readonly financialAddress: string };

/** Payee identities are looked up in the account mapper; everything else is taken for an account. */
async function sortOut(
  state: PaymentsState,
  { instructions, destination }: ValidationDocument,
): Promise<{ failures: Failure[]; groups: Map<string, Account[]> }> {
  const routing = await openRouting(state);
  const found = await state.beneficiaries.getMany([...new Set(instructions.map(({ address }) => address))]);
  const beneficiaries = new Map(found.map(({ doc }): [string, BeneficiaryDocument] => [doc._id, doc]));
  const failures: Failure[] = [];
  const groups = new Map<string, Account[]>();
  for (const { instructionId: instructionID, address } of instructions) {
    const beneficiary = beneficiaries.get(address);
    const route = beneficiary ? routing.ofBeneficiary(beneficiary) : ofAddress(address);
    if ('failure' in route) {
      failures.push({ instructionID, failureReason: route.failure });
      continue;
    }
    const group = groups.get(route.institution) ?? [];
    group.push({ instructionID, financialAddress: route.account });
    groups.set(route.institution, group);
  }
  return { failures, groups };

  function ofAddress(address: string): { institution: string; account: string } | { failure: string } {
    const institution = routing.ofAddress(address, destination);
    if (institution) return { institution: institution.code, account: address };
    return { failure: 'neither registered in the account mapper nor an account of a known institution' };
  }
}
