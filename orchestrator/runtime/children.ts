import type { EffectOrigin } from '../../contracts/catalog-function.js';
import type { Digest } from '../../contracts/digest.js';
import { runIdSchema } from '../../contracts/ids.js';
import type { RunError } from '../../contracts/run-event.js';
import { pointerOf, standardError } from '../engine/index.js';
import { childRunId } from './run-again/child-again.js';
import { runDocumentId, type RunStore } from './run-store.js';
import type { Signals } from './signals.js';

/** What a parent's task gets when the run that it started was cancelled: nothing will ever come of it. */
export function cancelledChild(child: string, parentKey: string): RunError {
  const detail = `Run ${child}, which was started here, was cancelled. Run it again from its own page.`;
  return standardError('runtime', pointerOf(parentKey), detail).error;
}

/** A child that its parent waits for no longer is cancelled with the wait. */
export function createCancelChild(deps: {
  store: RunStore;
  signals: Signals;
  digest: Digest;
}): (key: string, origin: Pick<EffectOrigin, 'run'>) => Promise<void> {
  return async (key, { run }) => {
    // The timers of a task have names of their own: they are no runs.
    if (key.includes('!')) return;
    const id = runIdSchema.parse(childRunId(deps.digest, run.id, key));
    const child = (await deps.store.runs.get(runDocumentId(run.workspace, id)))?.doc;
    if (child?.parent?.runId !== run.id || child.endedAt !== undefined) return;
    const reason = `run ${run.id} waits for it no longer`;
    await deps.signals.send(run.workspace, id, { kind: 'cancel', id: `withdrawn:${run.id}:${key}`, reason });
  };
}
