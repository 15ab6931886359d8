import type { Json } from '../../contracts/json.js';
import type { CloudEvent, RunError, RunEvent, Signal } from '../../contracts/run-event.js';
import { EventBuffer } from './event-buffer.js';
import { rootFrame, type Frame } from './frame.js';

/** What the journal knows of one task instance. */
export interface TaskMemo {
  started?: {
    readonly time: string;
    readonly args: Json | undefined;
    /** `$context` as it was: what decided before the task began is decided the same way again. */
    readonly context: Json;
  };
  end?: TaskEnd;
  /** Where its deadlines count from, when not from its start: a resumed run gives its tasks their time again. */
  clock?: string;
  /** Due instants of the retries that were begun, by attempt. */
  retries?: Map<number, string>;
  /** Of a listen task that takes events one by one. */
  listened?: Listened;
}

export type TaskEnd =
  | {
      readonly kind: 'completed';
      readonly same: boolean;
      readonly output: Json;
      readonly then: string | undefined;
    }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'faulted'; readonly error: RunError };

export interface Listened {
  readonly events: CloudEvent[];
  /** Events that `until` took. */
  readonly ending: CloudEvent[];
  /** Outputs of the events that were dealt with, in order. */
  readonly outputs: Json[];
}

export interface JournaledEvent {
  readonly event: RunEvent;
  readonly payload?: Json;
}

/** How an effect that waited outside came to its end. */
export type Answer =
  { readonly ok: true; readonly output: Json } | { readonly ok: false; readonly error: RunError };

/** A completed task that can be undone. */
export interface Compensable {
  readonly key: string;
  readonly function: string;
  readonly output: Json;
}

/** How the run ends once its compensations are done. */
export type Ending =
  | { readonly reason: 'cancelled' }
  | { readonly reason: 'faulted'; readonly error: RunError; readonly chain: readonly string[] };

/**
 * The fold of a run's journal: finished task instances are not run again but answered from here, so that a
 * crash, a wait of two months and a replay on another machine all continue at the same place. While a run moves, each
 * event that it writes is folded in at once: what lives and what is replayed are the same.
 */
export interface Memo {
  readonly tasks: Map<string, TaskMemo>;
  readonly firedTimers: Set<string>;
  readonly answers: Map<string, Answer>;
  /** Received, in order, and not yet consumed by a listen task. */
  readonly events: EventBuffer;
  /** Ids of all signals received: a repeated one is ignored. */
  readonly signals: Set<string>;
  /** Signals received while suspended. */
  held: Signal[];
  /** Asked for by a signal, and not yet done. */
  requested: 'cancel' | 'suspend' | 'resume' | undefined;
  /** By effect (attempts of one task are one effect), in the order of completion. */
  readonly compensable: Map<string, Compensable>;
  compensating: Ending | undefined;
  /** How often a task was done and undone, by its key without that mark. */
  readonly redo: Map<string, number>;
  status: 'created' | 'started' | 'suspended' | 'cancelled' | 'faulted' | 'completed';
  error?: RunError;
  inbox: number;
  /** In a repeated run: what reaches this task instance instead of what the flow brings it. */
  edited?: { readonly task: string; readonly input: Json };
  metadata: Json;
  /** Where the run's own timeout counts from. */
  clock: string;
  output: Json;
  /** The document of the run, under the empty key, and the parts that its tasks perform, by the key of the task. */
  readonly frames: Map<string, Frame>;
}

export function emptyMemo(): Memo {
  return {
    tasks: new Map(),
    firedTimers: new Set(),
    answers: new Map(),
    events: new EventBuffer(),
    signals: new Set(),
    held: [],
    requested: undefined,
    compensable: new Map(),
    compensating: undefined,
    redo: new Map(),
    status: 'created',
    inbox: 0,
    metadata: {},
    clock: '',
    output: null,
    frames: new Map([['', rootFrame()]]),
  };
}

export function taskMemo(memo: Memo, key: string): TaskMemo {
  const known = memo.tasks.get(key);
  if (known !== undefined) return known;
  const fresh: TaskMemo = {};
  memo.tasks.set(key, fresh);
  return fresh;
}

/** Whether the journal shows that the flow came to this task. */
export function wasReached(memo: Memo, key: string): boolean {
  const task = memo.tasks.get(key);
  return task !== undefined && (task.started !== undefined || task.end !== undefined);
}

export function isEnded({ status }: Memo): boolean {
  return status === 'completed' || status === 'cancelled' || status === 'faulted';
}
