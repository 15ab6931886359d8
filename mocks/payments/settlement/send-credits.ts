import { toMajor } from '../../kit/money.js';
import { callInstitution, type InstitutionAnswer } from '../institution-client.js';
import { openRouting, type Routing } from '../routing.js';
import type { BatchDocument, BatchFigures, InstructionDocument, LedgerDocument } from '../state.js';
import type { SettlementContext } from './authorise-payers.js';
import { failed, instructionPages } from './instruction-pages.js';

export interface CreditSummary {
  readonly figures: BatchFigures;
  /** Minor units that are or may still be used, by `<payer> <currency>`. */
  readonly used: ReadonlyMap<string, number>;
  /** False when an institution stayed silent: what is open then is not what it calls pending. */
  readonly answered: boolean;
}

interface CreditResult {
  readonly instructionId: string;
  readonly status: 'COMPLETED' | 'FAILED' | 'PENDING';
  readonly reason?: string;
}

/**
 * Sends what is in progress to the payees' institutions, in sub-batches, and writes what came back: first the ledger,
 * then the instructions. Institutions book an instruction once per batch, and a ledger entry has the same id each
 * time, so all of it can be done again after a crash.
 */
export async function sendCredits(context: SettlementContext, batch: BatchDocument): Promise<CreditSummary> {
  const routing = await openRouting(context.state);
  const tally = newTally();
  let answered = true;
  for await (const page of instructionPages(context.state, batch._id)) {
    const groups = groupByInstitution(page);
    const settled = await Promise.all(
      [...groups].map(([code, instructions]) => sendSubBatch(context, routing, batch, code, instructions)),
    );
    answered &&= settled.every((decided) => decided !== undefined);
    const changed = new Map(settled.flatMap((decided = []) => decided.map((one) => [one._id, one])));
    await context.state.ledger.insertMany(
      [...changed.values()].flatMap((instruction) => toLedger(batch, instruction, context.now)),
    );
    await context.state.instructions.putMany([...changed.values()]);
    for (const instruction of page) count(tally, changed.get(instruction._id) ?? instruction);
  }
  return { figures: tally.figures, used: tally.used, answered };
}

function groupByInstitution(page: readonly InstructionDocument[]): Map<string, InstructionDocument[]> {
  const groups = new Map<string, InstructionDocument[]>();
  for (const instruction of page) {
    if (instruction.status !== 'IN_PROGRESS' || !instruction.route) continue;
    const group = groups.get(instruction.route.institution) ?? [];
    group.push(instruction);
    groups.set(instruction.route.institution, group);
  }
  return groups;
}

/** The instructions that are decided now; undefined when nobody can tell. */
async function sendSubBatch(
  { workspace, deps, now }: SettlementContext,
  routing: Routing,
  batch: BatchDocument,
  code: string,
  instructions: readonly InstructionDocument[],
): Promise<readonly InstructionDocument[] | undefined> {
  const institution = routing.institution(code);
  const at = now.toISOString();
  if (!institution)
    return instructions.map((instruction) => failed(instruction, `${code} takes no part`, at));
  const answer = await callInstitution(deps, workspace, institution, {
    path: '/credits',
    body: {
      batchId: batch._id,
      instructions: instructions.map(({ instructionId, route, amountMinor, currency, narration }) => ({
        instructionId,
        account: route?.account,
        amount: toMajor(amountMinor),
        currency,
        ...(narration === undefined ? {} : { narration }),
      })),
    },
  });
  return decide(instructions, answer, at);
}

function decide(
  instructions: readonly InstructionDocument[],
  answer: InstitutionAnswer,
  at: string,
): readonly InstructionDocument[] | undefined {
  switch (answer.kind) {
    case 'unclear':
      return undefined;
    case 'refused':
      return instructions.map((instruction) => failed(instruction, answer.reason, at));
    case 'answered': {
      const results = new Map(
        ((answer.body.results ?? []) as unknown as readonly CreditResult[]).map((result) => [
          result.instructionId,
          result,
        ]),
      );
      return instructions.flatMap((instruction) => {
        const result = results.get(instruction.instructionId);
        if (result?.status === 'COMPLETED')
          return [{ ...instruction, status: 'COMPLETED' as const, completedAt: at }];
        if (result?.status === 'FAILED') return [failed(instruction, result.reason ?? 'no reason given', at)];
        return [];
      });
    }
  }
}

export function toLedger(
  batch: BatchDocument,
  instruction: InstructionDocument,
  now: Date,
): readonly LedgerDocument[] {
  const { status, route, batchId, instructionId, payee, amountMinor, currency } = instruction;
  if (status !== 'COMPLETED' || !route) return [];
  return [
    {
      _id: `${batchId}/${instructionId}`,
      programme: batch.programme,
      payeeIdentity: payee,
      account: route.account,
      amountMinor,
      currency,
      batchId,
      instructionId,
      correlationId: batch.correlationId,
      at: now.toISOString(),
    },
  ];
}

interface Tally {
  figures: BatchFigures;
  readonly used: Map<string, number>;
}

/** Figures of a batch, from how its instructions stand. */
export function figuresOf(instructions: readonly InstructionDocument[]): BatchFigures {
  const tally = newTally();
  for (const instruction of instructions) count(tally, instruction);
  return tally.figures;
}

function newTally(): Tally {
  const figures = { total: 0, completed: 0, failed: 0, totalMinor: 0, completedMinor: 0, failedMinor: 0 };
  return { figures, used: new Map() };
}

function count(tally: Tally, { status, amountMinor, payer, currency }: InstructionDocument): void {
  const { total, completed, failed: lost, totalMinor, completedMinor, failedMinor } = tally.figures;
  const done = status === 'COMPLETED';
  const dropped = status === 'FAILED';
  tally.figures = {
    total: total + 1,
    completed: completed + (done ? 1 : 0),
    failed: lost + (dropped ? 1 : 0),
    totalMinor: totalMinor + amountMinor,
    completedMinor: completedMinor + (done ? amountMinor : 0),
    failedMinor: failedMinor + (dropped ? amountMinor : 0),
  };
  if (dropped) return;
  const key = `${payer} ${currency}`;
  tally.used.set(key, (tally.used.get(key) ?? 0) + amountMinor);
}
