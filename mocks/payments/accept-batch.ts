import type { Effect, ScheduledJob } from '../kit/contract-block.js';
import { put } from '../kit/effects.js';
import { toMinor } from '../kit/money.js';
import { deriveId } from './derive-id.js';
import { settleJob } from './settlement/settle-job.js';
import type { BatchDocument, InstructionDocument } from './state.js';
import { START_DELAY } from './timing.js';

/** A batch as either dialect hands it over: its instructions are checked already. */
export interface BatchOrder {
  readonly correlationId: string;
  readonly tenant: string;
  readonly programme: string;
  readonly callbackUrl: string;
  readonly instructions: readonly OrderedInstruction[];
}

export interface OrderedInstruction {
  readonly instructionId: string;
  readonly payee: Party;
  readonly payer: Party;
  /** In major units, at most two decimals. */
  readonly amount: number;
  readonly currency: string;
  readonly narration?: string;
}

export interface Party {
  readonly key: string;
  readonly value: string;
}

export interface AcceptedBatch {
  readonly batchId: string;
  readonly effects: readonly Effect[];
  readonly jobs: readonly ScheduledJob[];
}

/** Takes a batch, which is settled afterwards. The same `key` is the same batch; another one is another batch. */
export function acceptBatch(order: BatchOrder, key: string, now: Date): AcceptedBatch {
  const { correlationId, tenant, programme, callbackUrl } = order;
  const batchId = deriveId('B-', 26, key);
  const at = now.toISOString();
  const docs = order.instructions.map(
    ({ instructionId, payee, payer, amount, currency, narration }, index): InstructionDocument => ({
      _id: `${batchId}/${String(index).padStart(5, '0')}`,
      batchId,
      instructionId,
      payee: payee.value,
      payeeKey: payee.key,
      payer: payer.value,
      payerKey: payer.key,
      amountMinor: toMinor(amount),
      currency,
      ...(narration === undefined ? {} : { narration }),
      status: 'IN_PROGRESS',
      startedAt: at,
    }),
  );
  const totalMinor = docs.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const batch: BatchDocument = {
    _id: batchId,
    correlationId,
    tenant,
    programme,
    callbackUrl,
    stage: 'accepted',
    round: 0,
    figures: { total: docs.length, completed: 0, failed: 0, totalMinor, completedMinor: 0, failedMinor: 0 },
    payers: [],
    at,
  };
  return {
    batchId,
    effects: [...docs.map((doc) => put('instructions', doc)), put('batches', batch)],
    jobs: [settleJob(batchId, 0, START_DELAY)],
  };
}
