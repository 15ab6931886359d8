import type { Filter } from '../../../contracts/documents.js';
import type { JsonObject } from '../../../contracts/json.js';
import type { Operation } from '../../kit/contract-block.js';
import { toMajor } from '../../kit/money.js';
import type { LedgerDocument, PaymentsState } from '../state.js';

const DEFAULT_PAGE = 500;

/** The ledger of deliveries, in the order of its ids; `after` continues behind the page before. */
export const readLedger: Operation<PaymentsState> = async ({ state, query }) => {
  const { batchId, programme, payeeIdentity, after, pageSize } = query;
  const limit = Number(pageSize ?? DEFAULT_PAGE);
  const filter: Filter = {
    ...(typeof programme === 'string' ? { programme } : {}),
    ...(typeof payeeIdentity === 'string' ? { payeeIdentity } : {}),
  };
  const found = await state.ledger.find({
    limit: limit + 1,
    ...(Object.keys(filter).length > 0 ? { filter } : {}),
    ...(typeof batchId === 'string' ? { idPrefix: `${batchId}/` } : {}),
    ...(typeof after === 'string' ? { after } : {}),
  });
  const page = found.slice(0, limit).map(({ doc }) => doc);
  const last = page.at(-1);
  return {
    status: 200,
    rule: 'read',
    body: { entries: page.map(toEntry), ...(found.length > limit && last ? { next: last._id } : {}) },
  };
};

function toEntry(doc: LedgerDocument): JsonObject {
  const {
    programme,
    payeeIdentity,
    account,
    amountMinor,
    currency,
    batchId,
    instructionId,
    correlationId,
    at,
  } = doc;
  const amount = toMajor(amountMinor);
  return { programme, payeeIdentity, account, amount, currency, batchId, instructionId, correlationId, at };
}
