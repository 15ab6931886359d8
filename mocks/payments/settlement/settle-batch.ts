import type { JobHandler, JobOutcome } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import type { BatchDocument, PaymentsState } from '../state.js';
import { MOST_PENDING_ANSWERS, MOST_ROUNDS, pauseBefore } from '../timing.js';
import { authorisePayers, settlePayers, type SettlementContext } from './authorise-payers.js';
import { batchStatus } from './batch-status.js';
import { resolvePayees } from './resolve-payees.js';
import { sendCredits } from './send-credits.js';
import { settleJob } from './settle-job.js';

/**
 * Brings a batch forward: accepted, resolved, authorised, settled. Each step can be repeated, and each stage is stored
 * before the next step, so that the job may die anywhere and run again.
 */
export const settleBatch: JobHandler<PaymentsState> = async (context) => {
  const { state, data, now } = context;
  const { batchId } = data as { batchId: string };
  let batch = (await state.batches.get(batchId))?.doc;
  if (!batch || batch.stage === 'settled' || batch.stage === 'stalled') return;
  if (batch.stage === 'accepted') {
    const payers = await resolvePayees(state, batch, now.toISOString());
    batch = await advance(state, { ...batch, stage: 'resolved', payers });
  }
  if (batch.stage === 'resolved') {
    if (!(await authorisePayers(context, batch))) return again(batch, now);
    batch = await advance(state, { ...batch, stage: 'authorised' });
  }
  return credit(context, batch);
};

async function credit(context: SettlementContext, batch: BatchDocument): Promise<JobOutcome> {
  const { figures, used, answered } = await sendCredits(context, batch);
  const counted = { ...batch, figures };
  if (figures.completed + figures.failed < figures.total) {
    const pending = (batch.pending ?? 0) + (answered ? 1 : 0);
    if (pending >= MOST_PENDING_ANSWERS)
      return end({ ...counted, pending, stage: 'stalled' }, 'stalled', context.now);
    return again({ ...counted, pending }, context.now);
  }
  // Should the payers' institution stay silent, the batch is settled all the same: its outcomes are known.
  if (!(await settlePayers(context, counted, used)) && batch.round < MOST_ROUNDS)
    return again(counted, context.now);
  return end({ ...counted, stage: 'settled' }, 'final', context.now);
}

async function advance(state: PaymentsState, batch: BatchDocument): Promise<BatchDocument> {
  await state.batches.put(batch);
  return batch;
}

/** Another round later, with a status in between; or no more. */
function again(batch: BatchDocument, now: Date): JobOutcome {
  const round = batch.round + 1;
  if (round > MOST_ROUNDS) return end({ ...batch, stage: 'stalled' }, 'stalled', now);
  return {
    effects: [put('batches', { ...batch, round })],
    callbacks: batchStatus(batch, 'ongoing', now),
    jobs: [settleJob(batch._id, round, pauseBefore(round))],
  };
}

function end(batch: BatchDocument, occasion: 'final' | 'stalled', now: Date): JobOutcome {
  return { effects: [put('batches', batch)], callbacks: batchStatus(batch, occasion, now) };
}
