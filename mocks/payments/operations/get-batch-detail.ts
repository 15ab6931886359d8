import type { JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { Operation } from '../../kit/contract-block.js';
import { toMajor } from '../../kit/money.js';
import type { InstructionDocument, PaymentsState } from '../state.js';

const DEFAULT_PAGE = 100;
const DIRECTION = 'OUTGOING';

/** bb-payments, Batch Details. Raises GSB-REQ-001 when neither batchId nor X-CorrelationID is given. */
export const getBatchDetail: Operation<PaymentsState> = async ({ state, query }) => {
  const batchId = textOf(query.batchId);
  const correlationId = textOf(query['X-CorrelationID']);
  if (batchId === undefined && correlationId === undefined) {
    throw new SandboxError('GSB-REQ-001', { detail: '/query/batchId or /query/X-CorrelationID is required' });
  }
  const batchIds = await findBatches(state, batchId, correlationId);
  const pageNo = Number(query.pageNo ?? 0);
  const pageSize = Number(query.pageSize ?? DEFAULT_PAGE);
  const wanted = textOf(query.direction)?.toUpperCase();
  if (wanted !== undefined && wanted !== DIRECTION)
    return { status: 200, rule: 'no-such-direction', body: [] };
  const rows = await readPage(state, batchIds, textOf(query.status), pageNo * pageSize, pageSize);
  return { status: 200, rule: batchIds.length === 0 ? 'no-such-batch' : 'found', body: rows.map(toRow) };
};

async function findBatches(
  state: PaymentsState,
  batchId: string | undefined,
  correlationId: string | undefined,
): Promise<readonly string[]> {
  if (batchId !== undefined) {
    const batch = (await state.batches.get(batchId))?.doc;
    const fits = batch && (correlationId === undefined || batch.correlationId === correlationId);
    return fits ? [batchId] : [];
  }
  const found = await state.batches.find({ filter: { correlationId: correlationId ?? null } });
  return found.map(({ doc }) => doc._id);
}

async function readPage(
  state: PaymentsState,
  batchIds: readonly string[],
  status: string | undefined,
  offset: number,
  limit: number,
): Promise<readonly InstructionDocument[]> {
  const rows: InstructionDocument[] = [];
  for (const batchId of batchIds) {
    const idPrefix = `${batchId}/`;
    // Positions are part of the ids, so a page of a single batch without a filter can be reached directly.
    if (batchIds.length === 1 && status === undefined) {
      const after = offset === 0 ? {} : { after: idPrefix + String(offset - 1).padStart(5, '0') };
      return (await state.instructions.find({ idPrefix, limit, ...after })).map(({ doc }) => doc);
    }
    const filter = status === undefined ? {} : { filter: { status } };
    const found = await state.instructions.find({ idPrefix, limit: offset + limit - rows.length, ...filter });
    rows.push(...found.map(({ doc }) => doc));
    if (rows.length >= offset + limit) break;
  }
  return rows.slice(offset, offset + limit);
}

function toRow(doc: InstructionDocument): JsonObject {
  const { batchId, instructionId, status, reason, route, startedAt, completedAt } = doc;
  return {
    workflowInstanceKey: batchId,
    transactionId: instructionId,
    startedAt,
    ...(completedAt === undefined ? {} : { completedAt }),
    status,
    ...(reason === undefined ? {} : { statusDetail: reason, errorInformation: reason }),
    ...(route === undefined ? {} : { payeeDfspId: route.institution }),
    payeePartyId: doc.payee,
    payeePartyIdType: doc.payeeKey,
    payerPartyId: doc.payer,
    payerPartyIdType: doc.payerKey,
    amount: toMajor(doc.amountMinor),
    currency: doc.currency,
    direction: DIRECTION,
    batchId,
  };
}

function textOf(value: string | readonly string[] | undefined): string | undefined {
  const text = typeof value === 'string' ? value : value?.[0];
  return text === '' ? undefined : text;
}
