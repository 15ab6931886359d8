import type { RunId, WorkspaceId } from '../../contracts/ids.js';
import type { RunLocks } from '../../contracts/run-lock.js';
import type { RunStatus } from '../../contracts/run-event.js';
import type { RunStore } from './run-store.js';

const unfinished: readonly RunStatus[] = ['pending', 'running', 'waiting', 'suspended', 'faulted'];

export async function unfinishedRuns(
  store: Pick<RunStore, 'runs'>,
  workspace: WorkspaceId,
): Promise<readonly RunId[]> {
  const found = await store.runs.find({ idPrefix: `${workspace}/`, filter: { status: unfinished } });
  return found.map(({ doc }) => doc.id);
}

/**
 * Resolves when nobody advances a run of a workspace that is held. Whoever takes a run's lock after that finds the
 * workspace held and lets go, so it is enough to have had each lock once. The last advances may have started further runs.
 */
export async function drainRuns(
  deps: {
    readonly store: Pick<RunStore, 'runs'>;
    readonly locks: RunLocks;
    /** Lets a moment pass; rejects when it has waited long enough. */
    readonly pause: () => Promise<void>;
  },
  workspace: WorkspaceId,
): Promise<void> {
  const { store, locks, pause } = deps;
  const seen = new Set<string>();
  for (;;) {
    const fresh = (await unfinishedRuns(store, workspace)).filter((run) => !seen.has(run));
    if (fresh.length === 0) return;
    for (const run of fresh) {
      seen.add(run);
      while ((await locks.withLock(`${workspace}/${run}`, () => Promise.resolve())) === 'busy') await pause();
    }
  }
}
