import type { Json } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import type { CloudEvent, RunError, RunEvent, Signal } from '../../contracts/run-event.js';
import { isWithin } from './instance-key.js';

/** What the journal knows of one task instance. */
export interface TaskMemo {
  started?: { readonly time: string; readonly args: Json | undefined };
  end?:
    | {
        readonly kind: 'completed';
        readonly same: boolean;
        readonly output: Json;
        readonly then: string | undefined;
      }
    | { readonly kind: 'skipped' }
    | { readonly kind: 'faulted'; readonly error: RunError };
  /** Due instants of the retries that were begun, by attempt. */
  readonly retries: Map<number, string>;
}

interface CompletedPayload {
  readonly same?: boolean;
  readonly output?: Json;
  readonly context?: Json;
}

export interface JournaledEvent {
  readonly event: RunEvent;
  readonly payload?: Json;
}

/**
 * The fold of a run's journal: finished task instances are not run again but answered from here, so that a
 * crash, a wait of two months and a replay on another machine all continue at the same place.
 */
export interface Memo {
  readonly tasks: Map<string, TaskMemo>;
  readonly firedTimers: Set<string>;
  /** Received, in order, and not yet consumed by a listen task. */
  readonly events: Map<string, CloudEvent>;
  /** Ids of all signals received: a repeated one is ignored. */
  readonly signals: Set<string>;
  /** Signals received while suspended. */
  held: Signal[];
  status: 'created' | 'started' | 'suspended' | 'cancelled' | 'faulted' | 'completed';
  error?: RunError;
  inbox: number;
  input: Json;
  /** In a repeated run: what reaches this task instance instead of what the flow brings it. */
  edited?: { readonly task: string; readonly input: Json };
  metadata: Json;
  startedAt: string;
  output: Json;
  /** `$context` after the last export, in the journal's order: parallel branches share it. */
  context: Json;
}

export function foldJournal(records: readonly JournaledEvent[]): Memo {
  const memo: Memo = {
    tasks: new Map(),
    firedTimers: new Set(),
    events: new Map(),
    signals: new Set(),
    held: [],
    status: 'created',
    inbox: 0,
    input: null,
    metadata: {},
    startedAt: '',
    output: null,
    context: null,
  };
  for (const record of records) foldRecord(memo, record);
  return memo;
}

function foldRecord(memo: Memo, { event, payload }: JournaledEvent): void {
  switch (event.type) {
    case 'run.created': {
      const created = objectPayload(payload);
      memo.input = created['input'] ?? null;
      memo.metadata = created['metadata'] ?? {};
      const edited = created['edited'];
      if (isJsonObject(edited) && typeof edited['task'] === 'string')
        memo.edited = { task: edited['task'], input: edited['input'] ?? null };
      memo.startedAt = event.time;
      return;
    }
    case 'run.started':
      memo.status = 'started';
      return;
    case 'run.completed':
      memo.status = 'completed';
      memo.output = objectPayload(payload)['output'] ?? null;
      return;
    case 'run.cancelled':
      memo.status = 'cancelled';
      return;
    case 'run.suspended':
      memo.status = 'suspended';
      return;
    case 'run.faulted':
      memo.status = 'faulted';
      memo.error = event.error;
      return;
    case 'run.resumed':
      memo.status = 'started';
      memo.held = [];
      forgetFailures(memo, event.retrying);
      return;
    case 'task.started':
      taskMemo(memo, event.key).started = { time: event.time, args: objectPayload(payload)['args'] };
      return;
    case 'task.completed': {
      const completed: CompletedPayload = objectPayload(payload);
      taskMemo(memo, event.key).end = {
        kind: 'completed',
        same: completed.same === true,
        output: completed.output ?? null,
        then: event.then,
      };
      if (completed.context !== undefined) memo.context = completed.context;
      for (const id of event.consumed ?? []) memo.events.delete(id);
      return;
    }
    case 'task.skipped':
      taskMemo(memo, event.key).end = { kind: 'skipped' };
      return;
    case 'task.faulted':
      taskMemo(memo, event.key).end = { kind: 'faulted', error: event.error };
      return;
    case 'task.retried':
      taskMemo(memo, event.key).retries.set(event.attempt, event.due);
      return;
    case 'signal.received': {
      const signal = payload as Signal | undefined;
      memo.inbox = Math.max(memo.inbox, event.inbox);
      if (event.signal === 'timer' && event.key !== undefined) memo.firedTimers.add(event.key);
      if (signal === undefined) return;
      memo.signals.add(signal.id);
      if (signal.kind === 'event') memo.events.set(signal.event.id, signal.event);
      else if (memo.status === 'suspended') memo.held.push(signal);
      return;
    }
    case 'task.cancelled':
    case 'case.moved':
      return;
  }
}

/**
 * A resumed run tries again what failed: every failure below the outermost task that faulted is forgotten, with
 * its retries. Tasks that completed there stay completed.
 */
function forgetFailures(memo: Memo, chain: readonly string[]): void {
  const outermost = chain.at(-1);
  if (outermost === undefined) return;
  for (const [key, task] of memo.tasks) {
    if (!isWithin(key, outermost)) continue;
    if (task.end?.kind === 'faulted') delete task.end;
    task.retries.clear();
  }
  for (const timer of memo.firedTimers) {
    if (isWithin(timer, outermost)) memo.firedTimers.delete(timer);
  }
}

export function taskMemo(memo: Memo, key: string): TaskMemo {
  const known = memo.tasks.get(key);
  if (known !== undefined) return known;
  const fresh: TaskMemo = { retries: new Map() };
  memo.tasks.set(key, fresh);
  return fresh;
}

function objectPayload(payload: Json | undefined): Record<string, Json | undefined> {
  return isJsonObject(payload) ? payload : {};
}
