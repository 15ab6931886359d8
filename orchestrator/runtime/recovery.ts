import type { RunStatus } from '../../contracts/run-event.js';
import type { RunStore } from './run-store.js';
import type { Signals } from './signals.js';
import type { Timers } from './timers.js';

/** A faulted run waits too: for a resume, which may lie in its inbox with nobody woken for it. */
const unfinished: readonly RunStatus[] = ['pending', 'running', 'waiting', 'suspended', 'faulted'];
/** Runs looked at in one go. */
const PAGE = 500;

/**
 * Mends what a crash left between two stores: a run whose job was never enqueued, a signal that nobody was woken
 * for, a timer without its alarm. Runs at start-up, and, where several processes share the stores, now and then: the
 * one that died need not be the one that starts. It is the only thing in the runtime that polls. Waking a run that
 * needs nothing is harmless.
 */
export async function recover(store: RunStore, signals: Signals, timers: Timers): Promise<number> {
  let woken = 0;
  for (let after: string | undefined; ;) {
    const page = await store.runs.find({
      filter: { status: unfinished },
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    const runs = page.map(({ doc }) => doc);
    const inboxes = await store.inboxVersions(runs);
    for (const [index, run] of runs.entries()) {
      const begun = run.status === 'pending' || run.status === 'running';
      if (!begun && (inboxes[index] ?? 0) <= run.inbox) continue;
      await signals.wake(run.workspace, run.id);
      woken += 1;
    }
    after = page.at(-1)?.doc._id;
    if (page.length < PAGE) break;
  }
  await timers.rearm();
  return woken;
}
