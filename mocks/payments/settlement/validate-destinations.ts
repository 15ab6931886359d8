import type { JobHandler } from '../../kit/contract-block.js';
import { callInstitution } from '../institution-client.js';
import { openRouting } from '../routing.js';
import type { DestinationFailure, PaymentsState } from '../state.js';
import { MOST_ROUNDS, pauseBefore } from '../timing.js';
import { sortOutDestinations } from './sort-out-destinations.js';

const AT_ONCE = 1000;

/** Validates the destinations of one request with the institutions that hold them, then calls back, or keeps the result. */
export const validateDestinations: JobHandler<PaymentsState> = async ({
  workspace,
  state,
  deps,
  data,
  exclusively,
}) => {
  const { validationId, round } = data as { validationId: string; round: number };
  const validation = (await state.validations.get(validationId))?.doc;
  if (!validation) return;
  const { failures, groups } = await sortOutDestinations(state, validation);
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
        failures.push(...(answer.body.failedAccountLookups as unknown as DestinationFailure[]));
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
  if (validation.collected !== undefined) {
    const complete = { ...validation, collected: { complete: true, failures } };
    // A newer request may have replaced this one meanwhile: its result must not come back.
    await exclusively(async () => {
      if (await state.validations.get(validationId)) await state.validations.put(complete);
    });
    return;
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
