import { openRouting } from '../routing.js';
import type { BatchDocument, InstructionDocument, PayerShare, PaymentsState } from '../state.js';
import { failed, instructionPages } from './instruction-pages.js';

/** Routes each payee by the account mapper, fails the others, and sums up what each payer has to provide. */
export async function resolvePayees(
  state: PaymentsState,
  batch: BatchDocument,
  at: string,
): Promise<readonly PayerShare[]> {
  const routing = await openRouting(state);
  const shares = new Map<string, PayerShare>();
  for await (const page of instructionPages(state, batch._id)) {
    const found = await state.beneficiaries.getMany(page.map(({ payee }) => payee));
    const beneficiaries = new Map(found.map(({ doc }) => [doc._id, doc]));
    const changed: InstructionDocument[] = [];
    for (const instruction of page) {
      const next =
        instruction.status === 'IN_PROGRESS' && !instruction.route ? resolve(instruction) : instruction;
      if (next !== instruction) changed.push(next);
      if (next.status !== 'FAILED') addShare(shares, next);
    }
    await state.instructions.putMany(changed);

    function resolve(instruction: InstructionDocument): InstructionDocument {
      const beneficiary = beneficiaries.get(instruction.payee);
      if (!beneficiary) return failed(instruction, 'the payee is not registered in the account mapper', at);
      const route = routing.ofBeneficiary(beneficiary);
      return 'failure' in route ? failed(instruction, route.failure, at) : { ...instruction, route };
    }
  }
  return [...shares.values()];
}

function addShare(
  shares: Map<string, PayerShare>,
  { payer, currency, amountMinor }: InstructionDocument,
): void {
  const key = `${payer} ${currency}`;
  const before = shares.get(key)?.amountMinor ?? 0;
  shares.set(key, { payer, currency, amountMinor: before + amountMinor });
}
