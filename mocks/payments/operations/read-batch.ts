import { SandboxError } from '../../../contracts/problems.js';
import type { Operation } from '../../kit/contract-block.js';
import { toMajor } from '../../kit/money.js';
import { nearIds } from '../../kit/near-documents.js';
import type { PaymentsState } from '../state.js';

export const readBatch: Operation<PaymentsState> = async ({ state, path }) => {
  const batch = (await state.batches.get(path.batchId ?? ''))?.doc;
  if (!batch) {
    const wanted = path.batchId ?? '';
    const near = await nearIds(state.batches, wanted);
    throw new SandboxError('GSB-REQ-002', { detail: `there is no batch ${wanted}${near}` });
  }
  const { total, completed, failed, totalMinor, completedMinor, failedMinor } = batch.figures;
  return {
    status: 200,
    rule: 'found',
    body: {
      batchId: batch._id,
      correlationId: batch.correlationId,
      programme: batch.programme,
      stage: batch.stage,
      total,
      completed,
      failed,
      ongoing: total - completed - failed,
      totalAmount: toMajor(totalMinor),
      completedAmount: toMajor(completedMinor),
      failedAmount: toMajor(failedMinor),
    },
  };
};
