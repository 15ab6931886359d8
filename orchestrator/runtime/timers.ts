import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { Collection, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { JsonObject } from '../../contracts/json.js';
import type { EnqueueOptions, JobQueue } from '../../contracts/queue.js';

/**
 * Timers on the workspace clock. Each is a document (the truth) and a delayed job (the alarm). When the clock is
 * moved forward the alarms would ring too late, so `dueBy` fires from the documents, in order of their instants.
 */
export interface Timer {
  readonly _id: string;
  readonly workspace: WorkspaceId;
  /** Instant of the workspace clock. */
  readonly due: string;
  readonly target: TimerTarget;
}

export type TimerTarget =
  | { readonly kind: 'run'; readonly run: string; readonly key: string }
  | { readonly kind: 'block'; readonly block: string; readonly job: JsonObject }
  /** A workflow that starts by itself: see schedules/. */
  | ScheduleTarget
  /** A human task that nobody did in time. */
  | { readonly kind: 'task'; readonly task: string };

export interface ScheduleTarget {
  readonly kind: 'schedule';
  readonly useCase: string;
  readonly workflow: string;
  /** Of the schedule as it was then; a timer of an earlier one means nothing. */
  readonly mark: string;
  /** The run after whose end it starts again; absent for an instant of its own. */
  readonly after?: string;
}

export interface Timers {
  /** Sets a timer; one with this id that exists already stays as it is. */
  set(timer: Timer): Promise<void>;
  /** Sets it anew, whatever was there. */
  replace(timer: Timer): Promise<void>;
  cancel(id: string): Promise<void>;
  cancelByPrefix(idPrefix: string): Promise<void>;
  /** Whether any timer's id begins so. */
  some(idPrefix: string): Promise<boolean>;
  /** The earliest timer of the workspace that is due by `instant`. */
  next(workspace: WorkspaceId, by?: Date): Promise<Timer | undefined>;
  /** Fires a timer if it still stands and its instant has come. */
  fire(id: string): Promise<void>;
  /** Sets alarms for all timers again, after a restart or a move of the clock. */
  rearm(workspace?: WorkspaceId): Promise<void>;
}

export const TIMER_QUEUE = 'timers';
/** Longer waits than this are looked at again in between: machines sleep, and clocks are moved. */
const LONGEST_ALARM_MS = 24 * 3_600_000;
const AT_ONCE_MS = 1_000;
const ALARMS_AT_ONCE = 500;

export function createTimers(deps: {
  documents: DocumentStore;
  clocks: WorkspaceClocks;
  realClock: Clock;
  queue: JobQueue;
  fire: (timer: Timer) => Promise<void>;
}): Timers {
  const timers: Collection<Timer> = deps.documents.collection<Timer>('timers');
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
  return {
    set: async (timer) => {
      if (await timers.insert(timer)) await alarm(timer);
    },
    replace: async (timer) => {
      await timers.put(timer);
      await alarm(timer);
    },
    cancel: async (id) => {
      await timers.delete(id);
    },
    cancelByPrefix: async (idPrefix) => {
      await timers.deleteByPrefix(idPrefix);
    },
    next: async (workspace, by) => {
      const all = await timers.find({ idPrefix: `${workspace}/` });
      const due = all
        .map(({ doc }) => doc)
        .filter((timer) => by === undefined || Date.parse(timer.due) <= by.getTime());
      return due.sort(inOrder)[0];
    },
    some: async (idPrefix) => (await timers.find({ idPrefix, limit: 1 })).length > 0,
    fire: async (id) => {
      const found = await timers.get(id);
      if (found === undefined) return;
      const timer = found.doc;
      // Another process may have frozen the clock, or moved it.
      await deps.clocks.refresh?.(timer.workspace);
      if (Date.parse(timer.due) > deps.clocks.of(timer.workspace).now().getTime()) {
        await alarm(timer);
        return;
      }
      // First the signal, then the removal: a crash in between fires twice, and the second changes nothing.
      await deps.fire(timer);
      // What was fired may have set it anew.
      if ((await timers.get(id))?.version === found.version) await timers.delete(id);
    },
    rearm: async (workspace) => {
      const all = await timers.find(workspace === undefined ? {} : { idPrefix: `${workspace}/` });
      for (let at = 0; at < all.length; at += ALARMS_AT_ONCE)
        await deps.queue.enqueueMany(all.slice(at, at + ALARMS_AT_ONCE).flatMap(({ doc }) => alarmFor(doc)));
    },
  };
}

function inOrder(one: Timer, other: Timer): number {
  return Date.parse(one.due) - Date.parse(other.due) || (one._id < other._id ? -1 : 1);
}
