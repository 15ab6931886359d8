import { z } from 'zod';
import { SandboxError } from '../../contracts/problems.js';
import { cohortSchema, type CohortPlan } from '../../contracts/scenario.js';
import type { UseCase } from '../../app/project.js';
import { pause } from '../real-clock.js';
import type { Access } from '../access.js';
import { playOfficers } from './officers.js';
import { generateHouseholds } from './household-generator.js';
import type { ExpectedOutcome, GeneratedHousehold, OutcomeName } from './household.js';
import { openCohortCase, payCycle, refuseTrouble } from './pay-cycle.js';
import { readOutcomes, type ActualOutcome, type Outcomes } from './actual-outcomes.js';
import { registryRecords } from './registry-records.js';
import { targetingErrors, type TargetingError } from './targeting-errors.js';

export interface CohortOptions {
  readonly session: Access;
  readonly useCase: UseCase;
  readonly rows: number;
  readonly seed: number | undefined;
  readonly trainer: string;
  readonly write: (line: string) => void;
  /** Puts what is invented into the words of the workspace's country; as it is when absent. */
  readonly said?: <T>(value: T) => Promise<T>;
  /** Awaited when all applications have come to rest, before the payment cycle. */
  readonly beforePayment?: () => Promise<void>;
}

export interface CohortReport {
  readonly rows: number;
  readonly seconds: number;
  readonly asExpected: boolean;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Rows whose outcome differs from the expected one; empty when all is well. */
  readonly differences: readonly { line: number; expected: ExpectedOutcome; actual: ActualOutcome | null }[];
  /** Beneficiaries who were credited more than once in the cycle: always none. */
  readonly paidTwice: readonly string[];
  /** Told to be paid, and without a credit in the ledger: always none. */
  readonly creditsMissing: readonly string[];
  readonly credits: number;
  readonly targeting: readonly TargetingError[];
  /** Slowest answer of the API while all this ran, and the middle one, in milliseconds. */
  readonly api: { readonly median: number; readonly slowest: number };
}

const CHUNK = 500;

/**
 * Runs a census of synthetic households through the whole programme: each accepted row is an application of its own,
 * officers do what officers do, one payment cycle pays the batch; then every row is held against its expectation.
 */
export async function runCohort(options: CohortOptions): Promise<CohortReport> {
  const { session, rows, trainer, write } = options;
  const begun = performance.now();
  const invented = generateHouseholds({
    count: rows,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const households = (await options.said?.(invented)) ?? invented;
  write(`Invented ${rows} households; none of them exists. Filling the registries …`);
  await fillRegistries(session, trainer, households);

  const plan = planOf(options.useCase);
  const watch = watchApi(session, trainer);
  const officers = playOfficers(session, [...plan.answers, ...plan.payment.answers], trainer);
  try {
    write('The census is taken in, and officers work on what needs a person …');
    const { intake, payment } = plan;
    const census = await openCohortCase(options, intake.as, intake.kind, {
      ...intake.input,
      [intake.rowsAt]: households.map(({ line, row }) => ({ line, ...row })),
    });
    await officers.atRest();
    await refuseTrouble(options, census.id);
    write(`All applications have come to rest after ${seconds(begun)} s. The payment cycle runs …`);
    await options.beforePayment?.();
    const cycle = await payCycle(options, plan, officers, payment.input);
    const outcomes = await readOutcomes(session, trainer, plan, { census: census.id, payment: cycle.id });
    return report(options, begun, households, outcomes, watch.stop());
  } finally {
    watch.stop();
    await officers.stop();
  }
}

/** How the use case wants its census played: its `cohort.yaml`. GSB-DEF-003. */
export function planOf({ manifest, cohort }: UseCase): CohortPlan {
  const parsed = cohortSchema.safeParse(cohort);
  if (parsed.success) return parsed.data;
  throw new SandboxError('GSB-DEF-003', {
    detail: `${manifest.id}/cohort.yaml: ${z.prettifyError(parsed.error)}`,
  });
}

async function fillRegistries(
  session: Access,
  trainer: string,
  households: readonly GeneratedHousehold[],
): Promise<void> {
  const all = registryRecords(households);
  const registries = session.block(trainer, 'digital-registries');
  for (const registry of new Set(all.map((record) => record.registry))) {
    const records = all.filter((record) => record.registry === registry);
    for (let from = 0; from < records.length; from += CHUNK) {
      const write = records.slice(from, from + CHUNK).map(({ content }) => ({ content }));
      await registries.post(`/data/${registry}/createEntries`, { write });
    }
  }
}

/** Asks the API for something small again and again, as a person at the console does, and notes how long it takes. */
function watchApi(session: Access, trainer: string): { stop(): { median: number; slowest: number } } {
  const times: number[] = [];
  let on = true;
  void (async () => {
    while (on) {
      const begun = performance.now();
      await session
        .as(trainer)
        .get('/clock')
        .catch(() => undefined);
      times.push(performance.now() - begun);
      await pause(250);
    }
  })();
  return {
    stop: () => {
      on = false;
      const sorted = [...times].sort((one, other) => one - other);
      return {
        median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
        slowest: Math.round(sorted.at(-1) ?? 0),
      };
    },
  };
}

function report(
  { rows, write }: CohortOptions,
  begun: number,
  households: readonly GeneratedHousehold[],
  { byLine: actual, ...money }: Outcomes,
  api: { median: number; slowest: number },
): CohortReport {
  const differences = households.flatMap(({ line, expected }) => {
    const found = actual.get(line) ?? null;
    return found !== null && sameOutcome(expected, found) ? [] : [{ line, expected, actual: found }];
  });
  const outcomes: Record<string, number> = {};
  for (const { outcome } of actual.values()) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const targeting = targetingErrors(
    households.flatMap((household) => {
      const found = actual.get(household.line);
      return found === undefined ? [] : [{ household, outcome: found.outcome as OutcomeName }];
    }),
  );
  const asExpected =
    differences.length === 0 && money.paidTwice.length === 0 && money.creditsMissing.length === 0;
  const result: CohortReport = {
    rows,
    seconds: seconds(begun),
    asExpected,
    outcomes,
    differences,
    ...money,
    targeting,
    api,
  };
  write(
    `\n${rows} rows in ${result.seconds} s: ${asExpected ? 'every row as expected' : `${differences.length} rows differ`}; ${money.credits} credits, ${money.paidTwice.length} paid twice.`,
  );
  for (const [outcome, count] of Object.entries(outcomes))
    write(`  ${outcome.padEnd(22)} ${String(count).padStart(6)}`);
  write(
    '\n  Exclusion and inclusion error by group (shares of the poor missed, and of the served who are not poor)',
  );
  for (const { group, exclusionError, inclusionError } of targeting) {
    write(`  ${group.padEnd(28)} ${percent(exclusionError)} ${percent(inclusionError)}`);
  }
  for (const { line, expected, actual: found } of differences.slice(0, 20)) {
    write(`  line ${line}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }
  return result;
}

function sameOutcome(expected: ExpectedOutcome, found: ActualOutcome): boolean {
  if (expected.outcome !== found.outcome) return false;
  return (
    expected.outcome !== 'rejected-at-intake' ||
    (expected.field === found.field && expected.reason === found.reason)
  );
}

const seconds = (begun: number): number => Math.round((performance.now() - begun) / 100) / 10;
const percent = (share: number | null): string =>
  share === null ? '     –' : `${(share * 100).toFixed(1)} %`.padStart(8);
