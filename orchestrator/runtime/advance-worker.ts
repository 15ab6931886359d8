import type { RunId, WorkspaceId } from '../../contracts/ids.js';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RunLocks } from '../../contracts/run-lock.js';
import { isStoreUnavailable } from '../../contracts/store-unavailable.js';
import type { Park } from './parking.js';
import type { RunStore } from './run-store.js';
import type { Signals, WakeNote } from './signals.js';

/** When another worker has the run: how long to leave it alone, doubling with each time that it still has it. */
const BUSY_MS = 250;
const LONGEST_BUSY_MS = 4_000;
/** How often an advance that fails unexpectedly is tried in all, and the pause before the second, doubling. */
const ATTEMPTS = 5;
const RETRY_MS = 500;

export interface AdvanceWorkerDeps {
  /** Brings the run as far as it goes; answers up to where it read the inbox, undefined when there is no such run. */
  readonly advance: (workspace: WorkspaceId, run: RunId) => Promise<number | undefined>;
  readonly locks: RunLocks;
  readonly store: Pick<RunStore, 'inboxVersion'>;
  readonly signals: Pick<Signals, 'wake'>;
  readonly park: Park;
  readonly logger: Logger;
  readonly attempts?: number | undefined;
  readonly retryMs?: number | undefined;
}

export interface AdvanceWorker {
  /** One job. Rejects only when a store is away: then the queue tries it again for as long as that lasts. */
  work(workspace: WorkspaceId, run: RunId, note: WakeNote): Promise<void>;
  /** True while it has a run in hand: of this workspace, or any. */
  busy(workspace?: WorkspaceId): boolean;
}

/**
 * Why no wake-up is lost. Whoever sends a signal appends it to the inbox first and enqueues a job afterwards.
 * In this process, an advance at work is told directly (`nudges`), or the job finds the run in `active` and leaves a
 * mark in `again`, which the holder looks at without a pause in between; it ends as the holder ends, so that a store
 * that goes away meanwhile leaves it to the queue, too. (The queue itself may hand the holder's own job out a second
 * time, when it could not be reached for as long as a job's lock lasts; were that one acknowledged, nobody would be
 * left to try again.) Across processes, the job may find the lock
 * held. The holder releases it later than that, and looks at the inbox once more after the release: it sees the
 * signal, which was appended before the job was enqueued. When the holder dies in between, its own job was not
 * acknowledged: the queue hands it to another worker. The delayed job of the one that found the lock held is only for
 * a lock that nobody holds any more and that has not run out yet.
 */
export function createAdvanceWorker(deps: AdvanceWorkerDeps): AdvanceWorker {
  const { locks, store, signals, logger, attempts = ATTEMPTS, retryMs = RETRY_MS } = deps;
  const active = new Map<string, Promise<void>>();
  const again = new Set<string>();

  /** True when something came that this advance cannot have read. */
  async function hasNews(workspace: WorkspaceId, run: RunId, seen: number | undefined): Promise<boolean> {
    return locks.shared && seen !== undefined && (await store.inboxVersion(workspace, run)) > seen;
  }

  async function untilNothingIsLeft(
    name: string,
    workspace: WorkspaceId,
    run: RunId,
  ): Promise<'done' | 'busy'> {
    let more: boolean;
    do {
      again.delete(name);
      let seen: number | undefined;
      const held = await locks.withLock(name, async () => {
        seen = await deps.advance(workspace, run);
      });
      if (held === 'busy') return 'busy';
      more = await hasNews(workspace, run, seen);
    } while (more || again.has(name));
    return 'done';
  }

  async function failed(workspace: WorkspaceId, run: RunId, note: WakeNote, error: unknown): Promise<void> {
    if (isStoreUnavailable(error)) throw error;
    if (error instanceof SandboxError && error.code === 'GSB-RUN-001') {
      logger.warn({ run }, error.message);
      await signals.wake(workspace, run, BUSY_MS);
      return;
    }
    const failures = (note.failures ?? 0) + 1;
    if (failures >= attempts) {
      await deps.park(workspace, run, error, failures);
      return;
    }
    logger.warn({ err: error, run, failures }, 'an advance failed unexpectedly and is tried again');
    await signals.wake(workspace, run, retryMs * 2 ** (failures - 1), { failures });
  }

  async function hold(name: string, workspace: WorkspaceId, run: RunId, note: WakeNote): Promise<void> {
    try {
      const outcome = await untilNothingIsLeft(name, workspace, run);
      if (outcome === 'done') return;
      const times = note.busy ?? 0;
      await signals.wake(workspace, run, Math.min(BUSY_MS * 2 ** times, LONGEST_BUSY_MS), {
        ...note,
        busy: times + 1,
      });
    } catch (error) {
      await failed(workspace, run, note, error);
    } finally {
      active.delete(name);
    }
  }

  return {
    busy: (workspace) =>
      workspace === undefined
        ? active.size > 0
        : [...active.keys()].some((name) => name.startsWith(`${workspace}/`)),
    work: (workspace, run, note) => {
      const name = `${workspace}/${run}`;
      const holder = active.get(name);
      if (holder !== undefined) {
        again.add(name);
        return holder;
      }
      const holding = hold(name, workspace, run, note);
      active.set(name, holding);
      return holding;
    },
  };
}
