import type { Exchange } from '../../../contracts/exchange.js';
import type { RunError, RunEvent, TaskNames } from '../../../contracts/run-event.js';
import type { TaskKind } from '../../../contracts/workflow.js';
import { isIterated, withoutAttempts, withoutIterations } from './task-key.js';

/**
 * The timeline of a case, derived from the events of its runs and the exchanges of the mediator. Events are canonical:
 * the order in which they reach the browser makes no difference, and one that comes twice counts once.
 */
export interface RunRecord {
  readonly run: string;
  readonly seq: number;
  readonly event: RunEvent;
}

export type EntryStatus = 'running' | 'done' | 'failed' | 'skipped' | 'cancelled';

/** One narrated task; the iterations of a loop that say the same are told as one entry with counts. */
export interface TaskEntry {
  readonly type: 'task';
  readonly id: string;
  readonly run: string;
  readonly keys: readonly string[];
  readonly name: string;
  readonly kind: TaskKind;
  readonly narration: string | undefined;
  readonly step: string | undefined;
  readonly target: string | undefined;
  readonly status: EntryStatus;
  /** Real time. */
  readonly at: string;
  /** Workspace time. */
  readonly time: string;
  /** Real milliseconds of the last iteration that ended. */
  readonly milliseconds: number | undefined;
  /** Workspace milliseconds: how long a wait or a person's task took on the calendar. */
  readonly calendarMilliseconds: number | undefined;
  /** Iterations, those that ended, and how often the last one was tried. */
  readonly count: number;
  readonly ended: number;
  readonly attempts: number;
  readonly error: RunError | undefined;
  readonly movedTo: string | undefined;
  readonly exchanges: readonly Exchange[];
}

/** Something that happened to a run as a whole. */
export interface RunEntry {
  readonly type: 'run';
  readonly id: string;
  readonly run: string;
  readonly what: 'faulted' | 'resumed' | 'cancelled' | 'suspended';
  readonly at: string;
  readonly time: string;
  readonly error: RunError | undefined;
}

/** A call that belongs to no narrated task. */
export interface CallEntry {
  readonly type: 'call';
  readonly id: string;
  readonly at: string;
  readonly time: string;
  readonly exchanges: readonly Exchange[];
}

export type TimelineEntry = TaskEntry | RunEntry | CallEntry;

export function timelineOf(
  records: readonly RunRecord[],
  exchanges: readonly Exchange[],
): readonly TimelineEntry[] {
  const drafts = new Map<string, Draft>();
  const places = new Map<string, Draft>();
  const open = new Map<string, Instance>();
  const entries: TimelineEntry[] = [];
  const inOrder = records
    // What a repeated run took over is told where it happened.
    .filter(({ event }) => event.copiedFrom === undefined)
    .sort((one, other) => one.event.at.localeCompare(other.event.at) || one.seq - other.seq);
  for (const record of inOrder) {
    const { run, event } = record;
    closeWithin(open, run, event);
    const what = runChange(event);
    if (what !== undefined) {
      entries.push({
        type: 'run',
        id: `${run}:${record.seq}`,
        run,
        what,
        at: event.at,
        time: event.time,
        error: event.type === 'run.faulted' ? event.error : undefined,
      });
    } else if ('kind' in event && event.narration !== undefined) {
      const once = withoutAttempts(event.key);
      const id = `${run}${isIterated(once) ? `${withoutIterations(once)} ${event.narration}` : once}`;
      const draft = drafts.get(id) ?? newDraft(id, run, event);
      drafts.set(id, draft);
      places.set(place(run, event.key), draft);
      const instance = note(draft, event);
      if (instance.ended === undefined) open.set(place(run, event.key), instance);
      else open.delete(place(run, event.key));
    }
  }
  // A move is journaled before the end of its task, and that end may be all that tells of the task.
  for (const { run, event } of inOrder) {
    if (event.type !== 'case.moved') continue;
    const moved = places.get(place(run, event.key));
    if (moved !== undefined) moved.movedTo = event.state;
  }
  for (const exchange of [...exchanges].sort((one, other) => one.at.localeCompare(other.at))) {
    const { origin } = exchange;
    const draft = origin === undefined ? undefined : nearest(places, origin.runId, origin.taskKey);
    if (draft === undefined) {
      entries.push({
        type: 'call',
        id: exchange.id,
        at: exchange.at,
        time: exchange.time,
        exchanges: [exchange],
      });
    } else draft.exchanges.push(exchange);
  }
  // A story tells what happened: what was passed over is left out.
  entries.push(...[...drafts.values()].map(finished).filter(({ status }) => status !== 'skipped'));
  return entries.sort((one, other) => one.at.localeCompare(other.at));
}

interface Draft {
  readonly id: string;
  readonly run: string;
  readonly names: TaskNames;
  readonly keys: Set<string>;
  readonly instances: Map<string, Instance>;
  readonly exchanges: Exchange[];
  movedTo: string | undefined;
  error: RunError | undefined;
}

interface Instance {
  started: RunEvent | undefined;
  ended: RunEvent | undefined;
  /** The task around it ended before it did: nobody waits for it any more. */
  abandoned: boolean;
  attempts: number;
  seen: RunEvent;
}

function newDraft(id: string, run: string, names: TaskNames): Draft {
  return {
    id,
    run,
    names,
    keys: new Set(),
    instances: new Map(),
    exchanges: [],
    movedTo: undefined,
    error: undefined,
  };
}

/** A task that ends, or begins its next attempt, leaves nothing open below it: branches of a fork may be cut short. */
function closeWithin(open: Map<string, Instance>, run: string, event: RunEvent): void {
  if (open.size === 0 || !('kind' in event) || event.type === 'task.started') return;
  const below = `${place(run, event.key)}/`;
  for (const [at, instance] of open) {
    if (!at.startsWith(below)) continue;
    instance.abandoned = true;
    instance.ended = event;
    open.delete(at);
  }
}

function note(draft: Draft, event: RunEvent & TaskNames): Instance {
  draft.keys.add(event.key);
  const once = withoutAttempts(event.key);
  const instance = draft.instances.get(once) ?? {
    started: undefined,
    ended: undefined,
    abandoned: false,
    attempts: 0,
    seen: event,
  };
  draft.instances.set(once, instance);
  switch (event.type) {
    case 'task.started':
      // Tried again, after a failure or by a resume: it is open once more.
      instance.started = event;
      instance.ended = undefined;
      instance.abandoned = false;
      instance.attempts += 1;
      draft.error = undefined;
      break;
    case 'task.faulted':
      draft.error = event.error;
      instance.ended = event;
      break;
    case 'task.retried':
      break;
    default:
      instance.ended = event;
  }
  return instance;
}

function finished(draft: Draft): TaskEntry {
  const { names } = draft;
  const instances = [...draft.instances.values()];
  const first = instances[0];
  const last = instances.filter(({ ended }) => ended !== undefined).at(-1);
  const begun = first?.seen as RunEvent;
  const span = (member: 'at' | 'time'): number | undefined =>
    last?.started === undefined || last.ended === undefined
      ? undefined
      : Math.max(0, Date.parse(last.ended[member]) - Date.parse(last.started[member]));
  return {
    type: 'task',
    id: draft.id,
    run: draft.run,
    keys: [...draft.keys],
    name: names.name,
    kind: names.kind,
    narration: names.narration,
    step: names.step,
    target: names.target,
    status: statusOf(instances),
    at: begun.at,
    time: begun.time,
    milliseconds: span('at'),
    calendarMilliseconds: span('time'),
    count: instances.length,
    ended: instances.filter(({ ended }) => ended !== undefined).length,
    attempts: last?.attempts ?? first?.attempts ?? 1,
    error: draft.error,
    movedTo: draft.movedTo,
    exchanges: draft.exchanges,
  };
}

function statusOf(instances: readonly Instance[]): EntryStatus {
  const ends = instances.map(({ ended, abandoned }) => (abandoned ? 'task.cancelled' : ended?.type));
  if (ends.includes(undefined)) return 'running';
  if (ends.includes('task.faulted')) return 'failed';
  if (ends.includes('task.completed')) return 'done';
  return ends.includes('task.cancelled') ? 'cancelled' : 'skipped';
}

function runChange({ type }: RunEvent): RunEntry['what'] | undefined {
  switch (type) {
    case 'run.faulted':
      return 'faulted';
    case 'run.resumed':
      return 'resumed';
    case 'run.cancelled':
      return 'cancelled';
    case 'run.suspended':
      return 'suspended';
    default:
      return undefined;
  }
}

/** The told task that a call belongs to: its own, or the nearest one around it. */
function nearest(places: ReadonlyMap<string, Draft>, run: string, key: string): Draft | undefined {
  for (let at = key; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const found = places.get(place(run, at));
    if (found !== undefined) return found;
  }
  return undefined;
}

function place(run: string, key: string): string {
  return `${run}\n${key}`;
}
