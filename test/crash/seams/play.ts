import { runIdSchema } from '../../../contracts/ids.js';
import { createCrashPoints } from './crash-points.js';
import {
  officer,
  openTasks,
  runEvents,
  startCrashWorld,
  workspace,
  type CrashWorld,
  type Kept,
} from './crash-world.js';

/** A use case of the crash suite: workflows, and what the people around it do. */
export interface CrashCase {
  readonly words: string;
  readonly workflows: readonly string[];
  /** An event from outside, sent until it was accepted. */
  readonly event?: string;
  /** The block is closed at first; somebody opens it and resumes the run. */
  readonly opens?: true;
  /** Nobody completes human tasks. */
  readonly idle?: true;
}

export interface Played {
  readonly status: string;
  readonly output: unknown;
  readonly ledger: readonly string[];
  readonly caseState: string;
  readonly ends: number;
  readonly openTasks: number;
  readonly timers: number;
  readonly unfinishedRuns: number;
  readonly trouble: string | undefined;
}

const ROUNDS = 30;

/**
 * Plays a case to its end. At the point `at` the runtime dies; the next one goes on with what it left, and the people
 * do again whatever was not confirmed to them.
 */
export async function play(
  kept: Kept,
  of: CrashCase,
  at: number | undefined,
  jobs: 'kept' | 'lost',
): Promise<{ readonly played: Played; readonly points: readonly string[] }> {
  let points = createCrashPoints(at);
  let world = await startCrashWorld(kept, points, of.workflows, jobs);
  const done = { opened: '', caseId: '', event: false, resumed: false };
  const first = points;

  /** One thing that people do; undefined when the runtime died over it. */
  async function attempt<T>(deed: (here: CrashWorld) => Promise<T>): Promise<T | undefined> {
    const result = await Promise.race([deed(world), points.crashed.then(() => undefined)]);
    if (!points.dead()) return result;
    world.close();
    points = createCrashPoints();
    world = await startCrashWorld(kept, points, of.workflows, jobs);
    return undefined;
  }

  for (let round = 0; round < ROUNDS; round += 1) {
    if (done.opened === '') {
      const opened = await attempt(({ runtime }) =>
        runtime.openCase({ workspace, useCase: 'test', kind: 'test', key: 'k', input: {}, metadata: {} }),
      );
      if (opened === undefined) continue;
      done.opened = opened.runId;
      done.caseId = opened.case.id;
    }
    if ((await attempt((here) => here.settle().then(() => true))) === undefined) continue;
    const run = runIdSchema.parse(done.opened);
    const view = (await world.runtime.store.runs.get(`${workspace}/${run}`))?.doc;
    if (view?.endedAt !== undefined && view.status !== 'faulted') break;
    if (view?.status === 'faulted') {
      if (of.opens !== true) break;
      for (const name of kept.ledger.refusals.keys()) kept.ledger.refusals.set(name, Infinity);
      await attempt(({ runtime }) =>
        runtime.signals.send(workspace, run, { kind: 'resume', id: `resume-${round}` }),
      );
      continue;
    }
    if (of.event !== undefined && !done.event) {
      const event = {
        specversion: '1.0',
        id: 'e-1',
        source: 'test',
        type: of.event,
        data: { n: 1 },
      } as const;
      const sent = await attempt(({ runtime }) =>
        runtime.events.deliver(workspace, run, event).then(() => true),
      );
      done.event = sent === true;
      continue;
    }
    const [task] = of.idle === true ? [] : await openTasks(kept);
    if (task !== undefined) {
      await attempt(({ tasks }) => tasks.complete(workspace, task.id, officer, { agreed: true }));
      continue;
    }
    const timer = await world.runtime.timers.next(workspace);
    if (timer !== undefined) {
      const ahead = Date.parse(timer.due) - Date.parse('2026-01-01T00:00:00Z');
      kept.offset.milliseconds = Math.max(kept.offset.milliseconds, ahead);
      await attempt(({ runtime }) => runtime.timers.fire(timer._id).then(() => true));
    }
  }
  world.close();

  const run = (await world.runtime.store.runs.get(`${workspace}/${done.opened}`))?.doc;
  const records = await kept.journal.read(`${workspace}/run/${done.opened}`);
  const events = await runEvents(kept, done.opened);
  const found = (await world.runtime.cases.collection.get(`${workspace}/${done.caseId}`))?.doc;
  const all = await world.runtime.store.runs.find({ idPrefix: `${workspace}/` });
  return {
    points: first.passed,
    played: {
      status: run?.status ?? 'none',
      output: withoutTimes(
        records.findLast(({ event }) => (event as { type?: string }).type === 'run.completed')?.payload,
      ),
      ledger: [...kept.ledger.entries].sort(),
      caseState: found?.state ?? 'none',
      ends: events.filter(({ type }) => type === 'run.completed').length,
      openTasks: (await openTasks(kept)).length,
      timers: (await world.runtime.timers.list(`${workspace}/`)).length,
      unfinishedRuns: all.filter(({ doc }) => doc.endedAt === undefined).length,
      trouble: found?.trouble,
    },
  };
}

/** Instants differ with the crash, and numbers of cases may have gaps; everything else must not. */
function withoutTimes(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null)
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
      .replace(/TEST-\d+/g, 'TEST-n'),
  ) as unknown;
}
