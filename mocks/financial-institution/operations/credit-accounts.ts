import type { Effect, Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { magicRule } from '../../kit/magic.js';
import { toMinor } from '../../kit/money.js';
import { decideCredit, magicOutcome, presentDecision, type CreditDecision } from '../decide-credit.js';
import { institutionOf, type AccountDocument, type CreditDocument, type InstitutionState } from '../state.js';

interface CreditRequest {
  readonly batchId: string;
  readonly instructions: readonly CreditInstruction[];
}

interface CreditInstruction {
  readonly instructionId: string;
  readonly account: string;
  readonly amount: number;
  readonly currency: string;
}

/** Books each instruction once per batch; answers the present status for those booked before. */
export const creditAccounts: Operation<InstitutionState> = async ({ state, path, body, deps, now }) => {
  const { code } = await institutionOf(state, path.institution);
  const { batchId, instructions } = body as unknown as CreditRequest;
  const realNow = deps.realClock.now();
  const creditId = (instruction: CreditInstruction): string =>
    `${code}/${batchId}/${instruction.instructionId}`;
  const [credits, accounts] = await Promise.all([
    state.credits.getMany(instructions.map(creditId)),
    state.accounts.getMany([...new Set(instructions.map(({ account }) => `${code}/${account}`))]),
  ]);
  const booked = new Map(credits.map(({ doc }): [string, CreditDocument] => [doc._id, doc]));
  const open = new Map(accounts.map(({ doc }): [string, AccountDocument] => [doc._id, doc]));
  const effects: Effect[] = [];
  const touched = new Set<string>();
  const outcomes: string[] = [];

  function book(instruction: CreditInstruction, decision: CreditDecision, isNew: boolean): void {
    const { account, currency } = instruction;
    const id = `${code}/${account}`;
    const before = open.get(id) ?? {
      _id: id,
      institution: code,
      account,
      balanceMinor: 0,
      currency,
      instructions: 0,
    };
    const paid = decision.status === 'COMPLETED' ? toMinor(instruction.amount) : 0;
    open.set(id, {
      ...before,
      balanceMinor: before.balanceMinor + paid,
      instructions: before.instructions + (isNew ? 1 : 0),
    });
    touched.add(id);
    const credit: CreditDocument = {
      _id: creditId(instruction),
      account,
      amountMinor: toMinor(instruction.amount),
      currency,
      ...decision,
      at: now.toISOString(),
    };
    booked.set(credit._id, credit);
    effects.push(put('credits', credit));
  }

  const results = instructions.map((instruction) => {
    const known = booked.get(creditId(instruction));
    const decision = known
      ? presentDecision(known, realNow)
      : decideCredit(instruction, open.get(`${code}/${instruction.account}`), realNow);
    const magic = magicOutcome(instruction.account, instruction.amount);
    if (magic !== undefined) outcomes.push(magic);
    if (decision.status !== known?.status) book(instruction, decision, known === undefined);
    const reason = decision.reason === undefined ? {} : { reason: decision.reason };
    return { instructionId: instruction.instructionId, status: decision.status, ...reason };
  });
  for (const id of touched) {
    const account = open.get(id);
    if (account) effects.push(put('accounts', account));
  }
  return {
    status: 200,
    rule: outcomes.length > 0 ? magicRule(...outcomes) : effects.length > 0 ? 'credited' : 'credited-before',
    body: { batchId, results },
    effects,
  };
};
