import type { Json } from '../../contracts/json.js';
import type { RunEvent, Signal } from '../../contracts/run-event.js';
import { effectKey, isWithin, pointerOf } from './instance-key.js';
import type { JournaledEvent } from './memo.js';

/** A record of a run that is run again. */
export interface EarlierRecord extends JournaledEvent {
  readonly seq: number;
}

/** A task instance that a run began, and what its effect was performed with. */
export interface BegunTask {
  readonly key: string;
  readonly args: Json | undefined;
}

/**
 * The task instances that a key, or a JSON pointer into the document, names in a journal, in the order in which they
 * began. Empty when the run never came there.
 */
export function instancesAt(journal: readonly JournaledEvent[], from: string): readonly string[] {
  if (from === '') return [''];
  const found = new Set<string>();
  for (const { event } of journal) {
    if (!isOfTask(event)) continue;
    if (event.key === from || pointerOf(event.key) === from) found.add(event.key);
  }
  return found.has(from) ? [from] : [...found];
}

/**
 * What a new run takes over from `journal` to begin at the task instance `from`: all that happened before it, as the
 * journal has it. A prefix of a journal always leads to the same place, also where branches run side by side: what
 * was begun beside `from` and had not ended is asked for again, as after a crash.
 */
export function historyBefore(
  runId: string,
  journal: readonly EarlierRecord[],
  from: string,
): readonly JournaledEvent[] {
  let taken: JournaledEvent[] = [];
  for (const { seq, event, payload } of journal) {
    if (isOfTask(event) && isWithin(event.key, from)) break;
    if (event.type === 'run.resumed') {
      const outermost = event.retrying.at(-1);
      if (outermost !== undefined) taken = taken.filter((one) => !isForgotten(one.event, outermost));
      continue;
    }
    const copied = copyOf(event);
    if (copied === undefined) continue;
    const copy: RunEvent = { ...copied, copiedFrom: event.copiedFrom ?? { runId, seq } };
    taken.push(payload === undefined ? { event: copy } : { event: copy, payload });
  }
  return taken;
}

/** What a run has begun, by effect key: the latest attempt of each. */
export function begunTasks(journal: readonly JournaledEvent[]): ReadonlyMap<string, BegunTask> {
  const begun = new Map<string, BegunTask>();
  for (const { event, payload } of journal) {
    if (event.type !== 'task.started') continue;
    const { args } = (payload ?? {}) as { readonly args?: Json };
    begun.set(effectKey(event.key), { key: event.key, args });
  }
  return begun;
}

type OfTask = Extract<RunEvent, { type: `task.${string}` }>;

function isOfTask(event: RunEvent): event is OfTask {
  return event.type.startsWith('task.');
}

/** The inbox of the new run is its own: what is taken over stands before its first position. */
function copyOf(event: RunEvent): RunEvent | undefined {
  if (isOfTask(event)) return event;
  if (event.type !== 'signal.received') return undefined;
  const kept: readonly Signal['kind'][] = ['timer', 'event'];
  return kept.includes(event.signal) ? { ...event, inbox: 0 } : undefined;
}

/** A resumed run has forgotten what failed below the outermost task that faulted. */
function isForgotten(event: RunEvent, outermost: string): boolean {
  if (event.type === 'signal.received')
    return event.signal === 'timer' && event.key !== undefined && isWithin(event.key, outermost);
  return (event.type === 'task.faulted' || event.type === 'task.retried') && isWithin(event.key, outermost);
}
