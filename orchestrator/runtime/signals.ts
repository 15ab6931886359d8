import type { RunId, WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import type { JobQueue } from '../../contracts/queue.js';
import type { Signal } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import type { Nudges } from './nudges.js';

/** Puts things into runs' inboxes. Append first, enqueue second: a crash between the two is mended by the sweep. */
export interface Signals {
  send(workspace: WorkspaceId, run: RunId, signal: Signal): Promise<void>;
  /** Asks for an advance of the run, without news. */
  wake(workspace: WorkspaceId, run: RunId, delayMs?: number, note?: WakeNote): Promise<void>;
}

/** What a job of the advance queue remembers of the ones before it. */
export interface WakeNote {
  /** How often the advance failed unexpectedly, one time after the other. */
  readonly failures?: number | undefined;
  /** How often the run was found in another worker's hands. */
  readonly busy?: number | undefined;
}

export function createSignals(journal: Journal, queue: JobQueue, nudges: Nudges): Signals {
  const wake: Signals['wake'] = async (workspace, run, delayMs, note = {}) => {
    await queue.enqueue('advance', { workspace, run, ...note }, delayMs === undefined ? {} : { delayMs });
  };
  return {
    wake,
    send: async (workspace, run, signal) => {
      await journal.append(streams.inbox(workspace, run), 'any', [
        { event: { kind: signal.kind, id: signal.id }, payload: signal as unknown as Json },
      ]);
      // An advance at work in this process reads it in its next turn; if the process dies before, the sweep finds it.
      if (!nudges.nudge(`${workspace}/${run}`)) await wake(workspace, run);
    },
  };
}
