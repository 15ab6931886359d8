import type { JsonObject } from '../../../contracts/json.js';
import type { JobHandler } from '../../kit/contract-block.js';
import { callInstitution, type InstitutionAnswer } from '../institution-client.js';
import { openRouting } from '../routing.js';
import type { PaymentsState } from '../state.js';
import { MOST_ROUNDS, pauseBefore } from '../timing.js';

/** Asks the payer's institution about the funds of a batch, without setting them aside, and calls back Y or N. */
export const askAuthorisation: JobHandler<PaymentsState> = async ({ workspace, state, deps, data, job }) => {
  const { batchId, payerIdentifier, currency, amount, callbackUrl, correlationId, round } =
    data as unknown as {
      batchId: string;
      payerIdentifier: string;
      currency: string;
      amount: number;
      callbackUrl: string;
      correlationId: string;
      round: number;
    };
  const institution = await (await openRouting(state)).ofPayer(payerIdentifier);
  const answer: InstitutionAnswer = institution
    ? await callInstitution(deps, workspace, institution, {
        path: `/batches/${encodeURIComponent(batchId)}`,
        command: 'authorize',
        headers: { 'x-client-correlation-id': correlationId, 'x-sandbox-check-only': 'true' },
        body: { batchID: batchId, payerIdentifier, currency, amount },
      })
    : { kind: 'refused', reason: 'no institution holds the account of the payer' };
  const [base = job.id] = job.id.split('#');
  if (answer.kind === 'unclear' && round < MOST_ROUNDS) {
    const next = { id: `${base}#${round + 1}`, name: job.name, data: { ...data, round: round + 1 } };
    return { jobs: [{ job: next, time: { kind: 'after', milliseconds: pauseBefore(round + 1) } }] };
  }
  return {
    callbacks: [
      {
        id: base,
        block: 'payments',
        operationId: 'batchAuthorized',
        url: callbackUrl,
        body: { clientCorrelationId: correlationId, ...decisionOf(answer) },
      },
    ],
  };
};

function decisionOf(answer: InstitutionAnswer): { status: 'Y' | 'N'; reason: string } {
  switch (answer.kind) {
    case 'unclear':
      return { status: 'N', reason: "the payer's institution does not answer" };
    case 'refused':
      return { status: 'N', reason: answer.reason };
    case 'answered':
      return { status: answer.body.status === 'Y' ? 'Y' : 'N', reason: reasonOf(answer.body) };
  }
}

function reasonOf({ reason }: JsonObject): string {
  return typeof reason === 'string' ? reason : 'no reason given';
}
