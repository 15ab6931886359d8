import type { WorkspaceId } from '../../../contracts/ids.js';
import type { BlockDeps } from '../../../contracts/block.js';
import { toMajor } from '../../kit/money.js';
import { callInstitution } from '../institution-client.js';
import { openRouting } from '../routing.js';
import type { BatchDocument, PayerShare, PaymentsState } from '../state.js';
import { failed, instructionPages } from './instruction-pages.js';

export interface SettlementContext {
  readonly workspace: WorkspaceId;
  readonly state: PaymentsState;
  readonly deps: BlockDeps;
  readonly now: Date;
}

/**
 * Asks each payer's institution to set the funds aside, and fails the instructions of those that refuse.
 * False when an institution gave no clear answer: nothing is lost, ask again.
 */
export async function authorisePayers(context: SettlementContext, batch: BatchDocument): Promise<boolean> {
  const refused = new Map<string, string>();
  for (const share of batch.payers) {
    const decision = await authorise(context, batch, share);
    if (decision === 'unclear') return false;
    if (decision !== 'granted') refused.set(`${share.payer} ${share.currency}`, decision.refusal);
  }
  if (refused.size === 0) return true;
  const at = context.now.toISOString();
  for await (const page of instructionPages(context.state, batch._id)) {
    const changed = page.flatMap((instruction) => {
      const reason = refused.get(`${instruction.payer} ${instruction.currency}`);
      return reason !== undefined && instruction.status === 'IN_PROGRESS'
        ? [failed(instruction, reason, at)]
        : [];
    });
    await context.state.instructions.putMany(changed);
  }
  return true;
}

async function authorise(
  { workspace, state, deps }: SettlementContext,
  batch: BatchDocument,
  { payer, currency, amountMinor }: PayerShare,
): Promise<'granted' | 'unclear' | { readonly refusal: string }> {
  const institution = await (await openRouting(state)).ofPayer(payer);
  if (!institution) return { refusal: 'no institution holds the account of the payer' };
  const answer = await callInstitution(deps, workspace, institution, {
    path: `/batches/${batch._id}`,
    command: 'authorize',
    headers: { 'x-client-correlation-id': batch.correlationId },
    body: { batchID: batch._id, payerIdentifier: payer, currency, amount: toMajor(amountMinor) },
  });
  switch (answer.kind) {
    case 'unclear':
      return 'unclear';
    case 'refused':
      return { refusal: answer.reason };
    case 'answered': {
      if (answer.body.status === 'Y') return 'granted';
      const { reason } = answer.body;
      return {
        refusal: `the funds are not authorised: ${typeof reason === 'string' ? reason : 'no reason given'}`,
      };
    }
  }
}

/** Returns to each payer what the batch can no longer use. False when an institution gave no clear answer. */
export async function settlePayers(
  { workspace, state, deps }: SettlementContext,
  batch: BatchDocument,
  used: ReadonlyMap<string, number>,
): Promise<boolean> {
  const routing = await openRouting(state);
  let clear = true;
  for (const { payer, currency } of batch.payers) {
    const institution = await routing.ofPayer(payer);
    if (!institution) continue;
    const answer = await callInstitution(deps, workspace, institution, {
      path: `/batches/${batch._id}`,
      command: 'settle',
      body: {
        batchID: batch._id,
        payerIdentifier: payer,
        currency,
        amount: toMajor(used.get(`${payer} ${currency}`) ?? 0),
      },
    });
    // A refusal means that nothing was set aside: there is nothing to return.
    if (answer.kind === 'unclear') clear = false;
  }
  return clear;
}
