import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createChance } from '../../cli/cohort/random.js';
import { openCrashSession } from './crash-session.js';
import { tryPowerCut, type Trial } from './power-trial.js';

export interface PowerCuts {
  readonly times: number;
  readonly seed: number;
  readonly rows: number;
  readonly everySeconds: number;
  readonly life: readonly [number, number];
  readonly say: (line: string) => void;
}

/** A checkpoint is at most so old, whatever the interval. */
const OLDEST_SECONDS = 60;
const SHORT_PAUSE_SECONDS = 2;

export async function cutPowerAgainAndAgain(options: PowerCuts): Promise<{ figures: object; good: boolean }> {
  const { times, seed, rows, say } = options;
  const chance = createChance(seed);
  const preload = pathToFileURL(join(import.meta.dirname, 'record-syncs.mjs')).href;
  const session = await openCrashSession(
    { NODE_OPTIONS: `--import ${preload}`, SANDBOX_CHECKPOINT_EVERY: String(options.everySeconds) },
    { syncLog: true },
  );
  const { dataDir, syncs } = session;
  const trials: Trial[] = [];
  try {
    for (let trial = 1; trial <= times; trial += 1) {
      const before = trials.at(-1)?.life;
      const done = await tryPowerCut({
        ...options,
        before,
        trial,
        session,
        dataDir,
        syncs,
        rows,
        seed,
        chance,
      });
      trials.push(done);
      say(JSON.stringify(done));
      // The damaged folders would fill the disk.
      for (const name of await readdir(join(dataDir, 'aside')).catch(() => []))
        await rm(join(dataDir, 'aside', name), { recursive: true, force: true });
    }
  } catch (error) {
    say(session.sandbox.printed());
    throw error;
  } finally {
    await session.close();
  }
  const count = (outcome: Trial['outcome']): number => trials.filter((one) => one.outcome === outcome).length;
  const most = (values: readonly number[]): number => Math.max(0, ...values);
  const figures = {
    cuts: trials.length,
    fellBack: count('fell back'),
    beganAfresh: count('began afresh'),
    opened: count('opened'),
    pagesLost: trials.reduce((sum, { pagesLost }) => sum + pagesLost, 0),
    mostSecondsLost: most(trials.flatMap(({ lostSeconds }) => lostSeconds?.[1] ?? [])),
    mostSecondsSaid: most(trials.flatMap(({ saidSeconds }) => saidSeconds ?? [])),
    // Writing may have paused for a moment before the cut.
    saidTooLittle: trials.filter(
      ({ saidSeconds, lostSeconds }) => (saidSeconds ?? 0) < (lostSeconds?.[0] ?? 0) - SHORT_PAUSE_SECONDS,
    ).length,
    slowestRestartMs: most(trials.map(({ restartMs }) => restartMs)),
    credits: trials.reduce((sum, { credits }) => sum + credits, 0),
    doubles: trials.reduce((sum, { doubles }) => sum + doubles, 0),
    accountsThatDoNotAddUp: trials.reduce((sum, one) => sum + one.accountsOff, 0),
    messageLogsBroken: trials.filter(({ logHolds }) => !logHolds).length,
    trialsWithFaultedRuns: trials.filter(({ troubled }) => troubled > 0).length,
  };
  const good =
    figures.cuts === times &&
    figures.opened === 0 &&
    figures.mostSecondsLost <= OLDEST_SECONDS &&
    figures.mostSecondsSaid <= OLDEST_SECONDS &&
    figures.saidTooLittle === 0 &&
    figures.doubles === 0 &&
    figures.accountsThatDoNotAddUp === 0 &&
    figures.messageLogsBroken === 0 &&
    figures.trialsWithFaultedRuns === 0;
  return { figures, good };
}
