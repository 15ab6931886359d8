import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createAccess, type Access } from '../../cli/access.js';
import { playOfficers } from '../../cli/cohort/officers.js';
import type { Chance } from '../../cli/cohort/random.js';
import { planOf, runCohort } from '../../cli/cohort/run-cohort.js';
import { listCheckpoints } from '../../infra/embedded/power/checkpoint-folders.js';
import type { CrashSession } from './crash-session.js';
import { cutPower, type CutReport } from './cut-power.js';
import { accountsOff, creditsPerCycle, readLedger } from './money.js';

export interface Trial extends CutReport {
  readonly trial: number;
  readonly livedMs: number;
  readonly survive: number;
  readonly outcome: 'fell back' | 'began afresh' | 'opened';
  /** What it said was lost, and between what lies the truth: from the checkpoint to the cut, while the sandbox ran. */
  readonly saidSeconds: number | undefined;
  readonly lostSeconds: readonly [number, number] | undefined;
  readonly life: Life;
  readonly restartMs: number;
  readonly credits: number;
  readonly doubles: number;
  readonly accountsOff: number;
  readonly logHolds: boolean;
  readonly troubled: number;
}

/** From one start to the next cut. Where it began at a checkpoint, it had nothing beyond that. */
export interface Life {
  /** Milliseconds: when the process was started, and when it served. */
  readonly begun: number;
  readonly ready: number;
  readonly checkpoint: string | undefined;
}

export interface TrialOptions {
  readonly trial: number;
  /** The life that this trial ends; undefined for the first, which began with an empty folder. */
  readonly before: Life | undefined;
  readonly session: CrashSession;
  readonly dataDir: string;
  readonly syncs: string;
  readonly rows: number;
  readonly seed: number;
  readonly chance: Chance;
  /** Milliseconds that the sandbox lives, least and most. */
  readonly life: readonly [number, number];
}

const SHARES = [0, 0.3, 0.7, 0.95, 0.99] as const;

/** A cohort runs, the power is cut, the sandbox starts again, and everything that is left comes to its end. */
export async function tryPowerCut(options: TrialOptions): Promise<Trial> {
  const { chance, session, dataDir, trial } = options;
  const { sandbox, useCase, trainer } = session;
  // One of five may be cut before the first checkpoint; the others live until there is something to go back to.
  if (trial % 5 !== 0) await untilCheckpoint(dataDir);
  const baseline = await keepBaseline(dataDir);
  const livedMs = chance.whole(...options.life);
  const survive = SHARES[trial % SHARES.length] ?? 0;
  const impatient = createAccess({ origin: sandbox.origin });
  const running = (async () => {
    await impatient.as(trainer).post('/reset');
    for (let round = 0; ; round += 1)
      await runCohort({
        session: impatient,
        useCase,
        trainer,
        rows: options.rows,
        seed: options.seed + trial * 100 + round,
        write: () => undefined,
      });
  })().catch((error: unknown) => String(error));
  await pause(livedMs);
  await sandbox.kill();
  const cutAt = Date.now();
  await running;

  const report = await cutPower({ dataDir, baseline, syncs: options.syncs, survive, chance });
  const begun = Date.now();
  await sandbox.start();
  const ready = Date.now();
  if (baseline !== undefined) await rm(baseline, { recursive: true, force: true });

  const said =
    sandbox
      .printed()
      .split('\n')
      .filter((line) => line.includes('The machine stopped'))
      .at(-1) ?? '';
  const takenAt = /checkpoint of (\S+Z):/.exec(said)?.[1];
  const saidSeconds = /the last (\d+) s of work/.exec(said)?.[1];
  const access = createAccess({ origin: sandbox.origin });
  await restIn(access, session);
  return {
    trial,
    livedMs,
    survive,
    ...report,
    outcome: takenAt !== undefined ? 'fell back' : said.includes('begins afresh') ? 'began afresh' : 'opened',
    saidSeconds: saidSeconds === undefined ? undefined : Number(saidSeconds),
    lostSeconds: takenAt === undefined ? undefined : lostBetween(takenAt, cutAt, options.before),
    restartMs: ready - begun,
    life: { begun, ready, checkpoint: takenAt },
    ...(await money(access, trainer)),
  };
}

function lostBetween(takenAt: string, cutAt: number, before: Life | undefined): readonly [number, number] {
  const again = before?.checkpoint === takenAt ? before : undefined;
  const since = (instant: number): number => (cutAt - instant) / 1_000;
  return [since(again?.ready ?? Date.parse(takenAt)), since(again?.begun ?? Date.parse(takenAt))];
}

async function untilCheckpoint(dataDir: string): Promise<void> {
  for (const until = Date.now() + 90_000; Date.now() < until;) {
    if ((await listCheckpoints(dataDir)).length > 0) return;
    await pause(100);
  }
  throw new Error('no checkpoint was taken within 90 s');
}

/** Runs that were in the middle go on, and officers do what is to be done. */
async function restIn(access: Access, { useCase, trainer }: CrashSession): Promise<void> {
  const plan = planOf(useCase);
  const officers = playOfficers(access, [...plan.answers, ...plan.payment.answers], trainer);
  try {
    for (const { id, name } of (await access.as(trainer).get<Tasks>('/tasks?state=open')).tasks) {
      const answer = [...plan.answers, ...plan.payment.answers].find(({ task }) => task === name);
      if (answer === undefined || answer.needs.length > 0 || answer.take.length > 0) continue;
      await access
        .as(answer.as)
        .post(`/tasks/${id}/complete`, { data: answer.data })
        .catch(() => undefined);
    }
    await officers.atRest();
  } finally {
    await officers.stop();
  }
}

interface Tasks {
  readonly tasks: readonly { readonly id: string; readonly name: string }[];
}

async function money(
  access: Access,
  trainer: string,
): Promise<Pick<Trial, 'credits' | 'doubles' | 'accountsOff' | 'logHolds' | 'troubled'>> {
  const entries = await readLedger(access, trainer);
  const { verification } = await access.as(trainer).get<{ verification: { holds: boolean } }>('/message-log');
  const { runs } = await access.as(trainer).get<{ runs: readonly unknown[] }>('/runs?state=faulted&limit=1');
  return {
    credits: entries.length,
    doubles: [...creditsPerCycle(entries).values()].filter((count) => count > 1).length,
    accountsOff: (await accountsOff(access, trainer, entries)).length,
    logHolds: verification.holds,
    troubled: runs.length,
  };
}

/** What the live database was copied from when it was last wholly on the disk. Hard links: a checkpoint never changes. */
async function keepBaseline(dataDir: string): Promise<string | undefined> {
  const [newest] = await listCheckpoints(dataDir);
  if (newest === undefined) return undefined;
  const kept = join(dataDir, '..', 'baseline');
  await rm(kept, { recursive: true, force: true });
  await promisify(execFile)('cp', ['-al', join(newest.folder, 'postgres'), kept]);
  return kept;
}
