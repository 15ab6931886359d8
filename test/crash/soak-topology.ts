import { setTimeout as pause } from 'node:timers/promises';
import { createChance } from '../../cli/cohort/random.js';
import { runCohort, type CohortReport } from '../../cli/cohort/run-cohort.js';
import { accountsOff, creditsPerCycle, readLedger } from './money.js';
import { killAgainAndAgain, type RandomKills, type Restart, type Victim } from './random-kills.js';
import type { Topology } from './topology.js';

export interface SoakFigures {
  readonly good: boolean;
  readonly rows: number;
  readonly workers: number;
  readonly rowsThatDiffer: number;
  readonly differences: CohortReport['differences'];
  readonly credits: number;
  readonly paidTwice: number;
  readonly creditsMissing: number;
  readonly accountsThatDoNotAddUp: number;
  readonly kills: number;
  readonly restarts: readonly Restart[];
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Milliseconds of processor time for a row, and megabytes at the end, by process. */
  readonly processes: Readonly<Record<string, { readonly msPerRow: number; readonly megabytes: number }>>;
}

/** One household for each second of a quiet machine or more: kills are spread over about that time. */
const KILL_EVERY_MS: readonly [number, number] = [2_000, 6_000];

const KILLED_BEFORE_PAYMENT = 0.6;
const LONGEST_RESTARTS_MS = 600_000;

/** The cohort, with `kills` kills that go round all processes of the topology while it runs. */
export async function soakServices(
  topology: Topology,
  options: {
    readonly rows: number;
    readonly kills: number;
    readonly seed: number;
    readonly write: (line: string) => void;
    readonly pauses?: readonly [number, number];
  },
): Promise<SoakFigures> {
  const { access, useCase, trainer, all } = topology;
  const { rows, kills, seed, write } = options;
  const before = await Promise.all(all.map((one) => one.processor()));
  let killing: RandomKills | undefined;
  const kill = (): RandomKills =>
    killAgainAndAgain(
      victimsOf(topology),
      createChance(seed),
      options.pauses ?? KILL_EVERY_MS,
      kills,
      (count, victim) => write(`  killed, number ${count}: ${victim}`),
    );
  let report: CohortReport;
  try {
    report = await runCohort({
      session: access,
      useCase,
      rows,
      seed,
      trainer,
      write: (line) => {
        write(line);
        if (kills > 0 && line.startsWith('The census')) killing = kill();
      },
      // On a fast machine the applications are at rest before their share of the kills is done.
      beforePayment: async () => {
        const until = performance.now() + LONGEST_RESTARTS_MS;
        while (
          (killing?.count() ?? kills) < Math.floor(kills * KILLED_BEFORE_PAYMENT) &&
          performance.now() < until
        )
          await pause(50);
      },
    });
  } finally {
    await killing?.stop();
  }
  const entries = await readLedger(access, trainer);
  const off = await accountsOff(access, trainer, entries);
  const processes: Record<string, { msPerRow: number; megabytes: number }> = {};
  for (const [index, one] of all.entries()) {
    const spent = (await one.processor()) - (before[index] ?? 0);
    processes[one.name] = {
      msPerRow: Math.round((spent * 100_000) / rows) / 100,
      megabytes: await one.memory(),
    };
  }
  const doubles = [...creditsPerCycle(entries).values()].filter((count) => count > 1).length;
  return {
    good: report.asExpected && doubles === 0 && off.length === 0,
    rows,
    workers: topology.workers.length,
    rowsThatDiffer: report.differences.length,
    differences: report.differences.slice(0, 10),
    credits: report.credits,
    paidTwice: Math.max(report.paidTwice.length, doubles),
    creditsMissing: report.creditsMissing.length,
    accountsThatDoNotAddUp: off.length,
    kills: killing?.count() ?? 0,
    restarts: killing?.restarts() ?? [],
    seconds: report.seconds,
    rowsPerSecond: Math.round((rows / report.seconds) * 100) / 100,
    processes,
  };
}

/** In the order in which they are killed: the first kills meet what the issue names. */
function victimsOf({ workers, redis, mongo, keycloak, blocks, server }: Topology): readonly Victim[] {
  const [first, ...others] = workers;
  return [
    ...(first === undefined ? [] : [first]),
    redis,
    mongo,
    ...(keycloak === undefined ? [] : [keycloak]),
    blocks,
    ...others,
    server,
  ];
}
