import type { EffectOrigin } from '../../../contracts/catalog-function.js';
import type { Clock, WorkspaceClocks } from '../../../contracts/clock.js';
import type { Digest } from '../../../contracts/digest.js';
import type { RunOrigin } from '../../../contracts/run-event.js';
import type { JournaledEvent } from '../../engine/index.js';
import { runDocumentId, type RunStore } from '../run-store.js';
import { lineOf } from './line.js';
import { answersAsHistory, type EarlierRuns } from './earlier-runs.js';

/**
 * A child that a repeated run starts is itself a repetition, from its beginning, of the child that was started there
 * before: otherwise its effects would be new to the world. Undefined when no earlier run had started one.
 */
export type ChildAgain = (
  origin: EffectOrigin,
  key: string,
) => Promise<{ readonly origin: RunOrigin; readonly history: readonly JournaledEvent[] } | undefined>;

/** Deterministic: a repetition finds the child that was started before. */
export function childRunId(digest: Digest, run: string, key: string): string {
  return `run-${digest.sha256(`${run}|${key}`).slice(0, 20)}`;
}

export function createChildAgain(deps: {
  store: RunStore;
  earlier: EarlierRuns;
  digest: Digest;
  clocks: WorkspaceClocks;
  realClock: Clock;
}): ChildAgain {
  return async ({ run }, key) => {
    const { workspace } = run;
    if (run.origin === undefined) return undefined;
    const begun = await deps.earlier.begun(workspace, run.origin, key);
    const ids = begun.map((task) => childRunId(deps.digest, task.runId, task.key));
    const found = await deps.store.runs.getMany(ids.map((id) => runDocumentId(workspace, id)));
    const last = found.at(-1)?.doc;
    if (last === undefined) return undefined;
    // One of them may have been run again by itself meanwhile: that belongs to the same line.
    const own = childRunId(deps.digest, run.id, key);
    const earlier = (await lineOf(deps.store, workspace, last))
      .map(({ id }) => id)
      .filter((id) => id !== own);
    const origin: RunOrigin = { runId: last.id, task: '', earlier };
    const stamp = {
      time: deps.clocks.of(workspace).now().toISOString(),
      at: deps.realClock.now().toISOString(),
    };
    const answers = await deps.earlier.answers(workspace, origin);
    return { origin, history: answersAsHistory(answers, [], stamp, last.id) };
  };
}
