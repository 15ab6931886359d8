import type { RunStatus } from '../../contracts/run-event.js';
import type { RunStore } from './run-store.js';
import type { Signals } from './signals.js';
import type { Timers } from './timers.js';

const unfinished: readonly RunStatus[] = ['pending', 'running', 'waiting', 'suspended'];

/**
 * Mends what a crash left between two stores: a run whose job was never enqueued, a signal that nobody was woken
 * for, a timer without its alarm. Runs at start-up, and is the only thing in the runtime that polls.
 */
export async function recover(store: RunStore, signals: Signals, timers: Timers): Promise<number> {
  let woken = 0;
  for (const { doc: run } of await store.runs.find({ filter: { status: unfinished } })) {
    const moving = run.status === 'pending' || run.status === 'running';
    if (moving || (await store.inboxVersion(run.workspace, run.id)) > run.inbox) {
      await signals.wake(run.workspace, run.id);
      woken += 1;
    }
  }
  await timers.rearm();
  return woken;
}
