import type { Callback } from '../../../contracts/block.js';
import { toMajor } from '../../kit/money.js';
import type { BatchDocument } from '../state.js';

const LONGEST_REQUEST_ID = 12;

/**
 * The status of a batch as the published callback says it. `requestId` is the start of the batch's correlation id,
 * as it may be longer; the whole of it stands in the query. None where the batch names nobody to call.
 */
export function batchStatus(
  batch: BatchDocument,
  occasion: 'ongoing' | 'final' | 'stalled',
  now: Date,
): readonly Callback[] {
  if (batch.callbackUrl === '') return [];
  const { total, completed, failed, totalMinor, completedMinor, failedMinor } = batch.figures;
  const query = new URLSearchParams({
    batchId: batch._id,
    'X-CorrelationID': batch.correlationId,
  }).toString();
  const separator = batch.callbackUrl.includes('?') ? '&' : '?';
  return [
    {
      id: `batch/${batch._id}/${occasion}`,
      block: 'payments',
      operationId: 'batchStatus',
      url: `${batch.callbackUrl}${separator}${query}`,
      body: {
        requestId: batch.correlationId.slice(0, LONGEST_REQUEST_ID),
        batchId: batch._id,
        TotalTransactions: total,
        ongoing: total - completed - failed,
        failed,
        completed,
        totalAmount: toMajor(totalMinor),
        completed_amount: toMajor(completedMinor),
        ongoing_amount: toMajor(totalMinor - completedMinor - failedMinor),
        failed_amount: toMajor(failedMinor),
        result_file: '',
        resultGeneratedAt: now.toISOString(),
        note: notes[occasion],
      },
    },
  ];
}

const notes = {
  ongoing: 'Some outcomes are pending; another status follows (training).',
  final: 'The batch is settled (training).',
  stalled: 'Some outcomes never came; they are no longer asked for (training).',
} as const;
