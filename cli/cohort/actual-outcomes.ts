import { textOf } from '../../contracts/json.js';
import type { Case } from '../../contracts/case.js';
import type { JsonObject } from '../../contracts/json.js';
import type { CohortPlan } from '../../contracts/scenario.js';
import type { CaseAnswer } from '../api-client.js';
import type { Access } from '../access.js';

export interface ActualOutcome {
  readonly outcome: string;
  readonly field?: string;
  readonly reason?: string;
  /** The state that the application is in. */
  readonly state?: string;
}

interface CensusOutput {
  readonly opened: readonly { line: number; caseId: string }[];
  readonly rejected: readonly { line: number; field: string; reason: string }[];
}

interface PaymentOutput {
  readonly paid?: readonly string[];
  readonly failed?: readonly { functionalId: string }[];
  readonly unclear?: readonly string[];
}

export interface Outcomes {
  readonly byLine: ReadonlyMap<number, ActualOutcome>;
  readonly credits: number;
  readonly paidTwice: readonly string[];
  /** Told to be paid by the cycle, and not in the ledger: always none. Vouchers reach it when they are cashed. */
  readonly creditsMissing: readonly string[];
}

/** What really became of each line: from the census run's output, the states of the cases, the payment run and the ledger. */
export async function readOutcomes(
  session: Access,
  trainer: string,
  plan: CohortPlan,
  cases: { readonly census: string; readonly payment: string },
): Promise<Outcomes> {
  const census = await outputOf<CensusOutput>(session, trainer, cases.census);
  const payment = await outputOf<PaymentOutput>(session, trainer, cases.payment);
  const applications = await allCases(session, trainer, plan.intake.opened);
  const { entries } = await session.as(trainer).get<{ entries: readonly JsonObject[] }>('/ledger');
  const credits = countBy(entries.map(({ payeeIdentity }) => textOf(payeeIdentity)));

  const payments = new Map<string, string>([
    ...(payment.paid ?? []).map((id): [string, string] => [id, plan.outcomes.byPayment.paid]),
    ...(payment.failed ?? []).map(({ functionalId }): [string, string] => [
      functionalId,
      plan.outcomes.byPayment.failed,
    ]),
    ...(payment.unclear ?? []).map((id): [string, string] => [id, plan.outcomes.byPayment.unclear]),
  ]);
  const byLine = new Map<number, ActualOutcome>();
  for (const { line, field, reason } of census.rejected)
    byLine.set(line, { outcome: 'rejected-at-intake', field, reason });
  const voucher = new Set<string>();
  for (const { line, caseId } of census.opened) {
    const { state, facts }: Pick<Case, 'state' | 'facts'> = applications.get(caseId) ?? {
      state: 'missing',
      facts: {},
    };
    const functionalId = textOf(facts['functionalId']);
    if (facts['route'] === 'voucher') voucher.add(functionalId);
    byLine.set(line, {
      outcome: payments.get(functionalId) ?? plan.outcomes.byState[state] ?? `in state ${state}`,
      state,
    });
  }
  return {
    byLine,
    credits: entries.length,
    paidTwice: [...credits].filter(([, count]) => count > 1).map(([payee]) => payee),
    creditsMissing: (payment.paid ?? []).filter((id) => !credits.has(id) && !voucher.has(id)),
  };
}

/** The output of the run that is the case. */
async function outputOf<T>(session: Access, trainer: string, caseId: string): Promise<T> {
  const { runs, case: found } = await session.as(trainer).get<CaseAnswer>(`/cases/${caseId}`);
  const run = runs.find(({ id }) => id === found.runs[0]);
  const { events } = await session
    .as(trainer)
    .get<{ events: readonly { event: { type: string }; payload?: { output?: T } }[] }>(
      `/runs/${String(run?.id)}/events?payload=true`,
    );
  const output = events.findLast(({ event }) => event.type === 'run.completed')?.payload?.output;
  if (output === undefined)
    throw new Error(`The run of case ${found.number} did not complete: it is ${String(run?.status)}`);
  return output;
}

async function allCases(session: Access, trainer: string, kind: string): Promise<ReadonlyMap<string, Case>> {
  const found = new Map<string, Case>();
  for (let after = ''; ;) {
    const page = await session
      .as(trainer)
      .get<{ cases: readonly Case[] }>(`/cases?kind=${kind}&limit=500${after}`);
    for (const one of page.cases) found.set(one.id, one);
    const last = page.cases.at(-1);
    if (last === undefined || page.cases.length < 500) return found;
    after = `&after=${last.number}`;
  }
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
