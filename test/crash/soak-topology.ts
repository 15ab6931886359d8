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

/** What a household takes at least: kills are spread over about the time of the cohort. */
const ROW_MS = 150;
const SHORTEST_PAUSES_MS: readonly [number, number] = [2_000, 6_000];

/** The others meet the payment. */
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
  const pauses = options.pauses ?? pausesFor(rows, kills);
  const beforePayment = Math.floor(kills * KILLED_BEFORE_PAYMENT);
  const stages: RandomKills[] = [];
  const killed = (): number => stages.reduce((sum, stage) => sum + stage.count(), 0);
  const before = await Promise.all(all.map((one) => one.processor()));
  const chance = createChance(seed);
  const kill = (most: number): void => {
    const victims = victimsOf(topology);
    const done = killed();
    // Goes on in the round where the stage before it stopped.
    const turn = victims
      .map((_, index) => victims[(done + index) % victims.length])
      .filter((one) => one !== undefined);
    stages.push(
      killAgainAndAgain(turn, chance, pauses, most, (count, victim) =>
        write(`  killed, number ${done + count}: ${victim}`),
      ),
    );
  };
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
        if (beforePayment > 0 && line.startsWith('The census')) kill(beforePayment);
      },
      // On a fast machine the applications are at rest before their share of the kills is done.
      beforePayment: async () => {
        const until = performance.now() + LONGEST_RESTARTS_MS;
        while (killed() < beforePayment && performance.now() < until) await pause(50);
        if (kills > killed()) kill(kills - killed());
      },
    });
  } finally {
    for (const stage of stages) await stage.stop();
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
    kills: killed(),
    restarts: stages.flatMap((stage) => stage.restarts()),
    seconds: report.seconds,
    rowsPerSecond: Math.round((rows / report.seconds) * 100) / 100,
    processes,
  };
}

function pausesFor(rows: number, kills: number): readonly [number, number] {
  const mean = (rows * ROW_MS) / Math.max(1, kills);
  const [shortest, longest] = SHORTEST_PAUSES_MS;
  return [Math.max(shortest, Math.round(mean / 2)), Math.max(longest, Math.round(mean * 1.5))];
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
