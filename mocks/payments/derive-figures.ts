import type { DeriveContext, Effect } from '../kit/block-definition.js';
import { put, remove } from '../kit/effects.js';
import { figuresOf, toLedger } from './settlement/send-credits.js';
import { FIRST_SERIAL } from './operations/create-vouchers.js';
import type { InstructionDocument, PaymentsState } from './state.js';

/**
 * What follows from instructions and vouchers: the figures of a batch, the credits in the ledger, the next serial number.
 * Balances at institutions do not follow: they are edited there.
 */
export async function deriveFigures(context: DeriveContext<PaymentsState>): Promise<readonly Effect[]> {
  return [...(await ofInstructions(context)), ...(await ofVouchers(context))];
}

async function ofInstructions({
  state,
  edits,
  now,
}: DeriveContext<PaymentsState>): Promise<readonly Effect[]> {
  const batches = edits.flatMap(({ collection, after }) =>
    collection === 'batches' && after !== undefined ? [after._id] : [],
  );
  const edited = edits.flatMap(({ collection, before, after }) => {
    const doc = after ?? before;
    return collection === 'instructions' && doc !== undefined ? [doc as InstructionDocument] : [];
  });
  const ids = new Set(edited.map(({ _id }) => _id));
  const effects: Effect[] = [];
  for (const id of new Set([...batches, ...edited.map(({ batchId }) => batchId)])) {
    const batch = (await state.batches.get(id))?.doc;
    const instructions = (await state.instructions.find({ idPrefix: `${id}/` })).map(({ doc }) => doc);
    if (batch === undefined || (instructions.length === 0 && ids.size === 0)) continue;
    effects.push(put('batches', { ...batch, figures: figuresOf(instructions) }));
    const credits = instructions
      .filter(({ _id }) => ids.has(_id))
      .flatMap((instruction) => toLedger(batch, instruction, now));
    const reached = new Set(credits.map(({ _id }) => _id));
    for (const credit of credits)
      if ((await state.ledger.get(credit._id)) === undefined) effects.push(put('ledger', credit));
    for (const { batchId, instructionId } of edited.filter(({ batchId }) => batchId === id))
      if (!reached.has(`${batchId}/${instructionId}`))
        effects.push(remove('ledger', `${batchId}/${instructionId}`));
  }
  return effects;
}

/** No serial number is given twice. */
async function ofVouchers({ state, edits }: DeriveContext<PaymentsState>): Promise<readonly Effect[]> {
  const serials = edits
    .filter(({ collection }) => collection === 'vouchers')
    .map(({ after }) => Number(after?._id))
    .filter(Number.isSafeInteger);
  const next = Math.max(0, ...serials) + 1;
  const known = (await state.counters.get('vouchers'))?.doc.next ?? FIRST_SERIAL;
  return next <= known ? [] : [put('counters', { _id: 'vouchers', next })];
}
