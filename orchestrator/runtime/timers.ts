import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { Collection, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { JsonObject } from '../../contracts/json.js';
import type { EnqueueOptions, JobQueue } from '../../contracts/queue.js';
import type { Timer } from './timer.js';
import { createTimerDues } from './timer-dues.js';

export type { ScheduleTarget, Timer, TimerTarget } from './timer.js';

/**
 * Timers on the workspace clock. Each is a document (the truth) and a delayed job (the alarm). When the clock is
 * moved forward the alarms would ring too late, so `dueBy` fires from the documents, in order of their instants.
 */
export interface Timers {
  /** Sets a timer; one with this id that exists already stays as it is. */
  set(timer: Timer): Promise<void>;
  /** Sets it anew, whatever was there. */
  replace(timer: Timer): Promise<void>;
  cancel(id: string): Promise<void>;
  cancelByPrefix(idPrefix: string): Promise<void>;
  /** Whether any timer's id begins so. */
  some(idPrefix: string): Promise<boolean>;
  /** All timers whose id begins so. */
  list(idPrefix: string): Promise<readonly Timer[]>;
  /** The earliest timer of the workspace that is due by `instant`. */
  next(workspace: WorkspaceId, by?: Date): Promise<Timer | undefined>;
  /** Fires a timer if it still stands and its instant has come. */
  fire(id: string): Promise<void>;
  /** Sets alarms for all timers again, after a restart or a move of the clock. `mended`: their places in the order, too, as without a workspace. */
  rearm(workspace?: WorkspaceId, places?: 'mended'): Promise<void>;
}

/** Longer waits than this are looked at again in between: machines sleep, and clocks are moved. */
const LONGEST_ALARM_MS = 24 * 3_600_000;
const AT_ONCE_MS = 1_000;
const ALARMS_AT_ONCE = 500;
/** A workspace that is being emptied or put back is looked at again after so long. */
const HELD_MS = 250;

export function createTimers(deps: {
  documents: DocumentStore;
  clocks: WorkspaceClocks;
  realClock: Clock;
  queue: JobQueue;
  fire: (timer: Timer) => Promise<void>;
  /** Lets work begin in a workspace, to be told when it is done; undefined while none may begin. Absent: it always may. */
  enter?: ((workspace: WorkspaceId) => (() => void) | undefined) | undefined;
}): Timers {
  const timers: Collection<Timer> = deps.documents.collection<Timer>('timers');
  const dues = createTimerDues(deps.documents);
  const alarmFor = (timer: Timer): readonly { name: string; data: JsonObject; options: EnqueueOptions }[] => {
    const now = deps.realClock.now().getTime();
    const left = Date.parse(timer.due) - deps.clocks.of(timer.workspace).now().getTime();
    // While time stands still nothing that lies ahead may ring; `rearm` sets the alarms when it goes on.
    if (left > 0 && deps.clocks.stands?.(timer.workspace) === true) return [];
    const nextLook = (Math.floor(now / LONGEST_ALARM_MS) + 1) * LONGEST_ALARM_MS;
    const rings = Math.min(now + left, nextLook);
    const delayMs = Math.max(rings - now, 0);
    // One alarm per timer and instant, however often it is set again: starts and clock moves must not pile them up.
    // Not for one that rings at once: it may be set by the alarm before it, which came a little early.
    const id = `${timer._id}@${Math.floor(rings / 1000)}`;
    return [
      {
        name: 'timer',
        data: { id: timer._id },
        options: delayMs < AT_ONCE_MS ? { delayMs } : { delayMs, id },
      },
    ];
  };
  const alarm = async (timer: Timer): Promise<void> => {
    for (const { name, data, options } of alarmFor(timer)) await deps.queue.enqueue(name, data, options);
  };
  const fireNow = async (timer: Timer, version: number): Promise<void> => {
    // Another process may have frozen the clock, or moved it.
    await deps.clocks.refresh?.(timer.workspace);
    if (Date.parse(timer.due) > deps.clocks.of(timer.workspace).now().getTime()) {
      await alarm(timer);
      return;
    }
    // First the signal, then the removal: a crash in between fires twice, and the second changes nothing.
    await deps.fire(timer);
    // What was fired may have set it anew.
    if ((await timers.get(timer._id))?.version !== version) return;
    await Promise.all([timers.delete(timer._id), dues.remove(timer)]);
  };
  return {
    set: async (timer) => {
      const [added] = await Promise.all([timers.insert(timer), dues.add([timer])]);
      if (added) await alarm(timer);
    },
    replace: async (timer) => {
      await Promise.all([timers.put(timer), dues.add([timer])]);
      await alarm(timer);
    },
    cancel: async (id) => {
      const found = await timers.get(id);
      if (found === undefined) return;
      await Promise.all([timers.delete(id), dues.remove(found.doc)]);
    },
    cancelByPrefix: async (idPrefix) => {
      const found = await timers.find({ idPrefix });
      await timers.deleteByPrefix(idPrefix);
      for (const { doc } of found) await dues.remove(doc);
    },
    list: async (idPrefix) => (await timers.find({ idPrefix })).map(({ doc }) => doc),
    next: async (workspace, by) => {
      for (;;) {
        const first = await dues.first(workspace);
        if (first === undefined || (by !== undefined && Date.parse(first.due) > by.getTime()))
          return undefined;
        const timer = (await timers.get(first.timer))?.doc;
        if (timer?.due === first.due) return timer;
        // It was cancelled, or set anew for another instant.
        await dues.drop(first);
      }
    },
    some: async (idPrefix) => (await timers.find({ idPrefix, limit: 1 })).length > 0,
    fire: async (id) => {
      const found = await timers.get(id);
      if (found === undefined) return;
      const timer = found.doc;
      const leave = deps.enter === undefined ? (): void => undefined : deps.enter(timer.workspace);
      if (leave === undefined) {
        await deps.queue.enqueue('timer', { id }, { delayMs: HELD_MS });
        return;
      }
      try {
        await fireNow(timer, found.version);
      } finally {
        leave();
      }
    },
    rearm: async (workspace, places) => {
      const all = await timers.find(workspace === undefined ? {} : { idPrefix: `${workspace}/` });
      for (let at = 0; at < all.length; at += ALARMS_AT_ONCE) {
        const some = all.slice(at, at + ALARMS_AT_ONCE).map(({ doc }) => doc);
        // A crash may have come between a timer and its place in the order.
        if (workspace === undefined || places === 'mended') await dues.add(some);
        await deps.queue.enqueueMany(some.flatMap(alarmFor));
      }
    },
  };
}
