import type { Json } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import type { RunEvent, Signal } from '../../contracts/run-event.js';
import { partKey } from '../../contracts/workflow.js';
import { settleCompensations } from './compensated.js';
import { foldSignal, foldTakenSignal } from './fold-signal.js';
import { frameOf, rootFrame } from './frame.js';
import { forgetFailures } from './forget-failures.js';
import { effectKey } from './instance-key.js';
import { emptyMemo, taskMemo, type JournaledEvent, type Listened, type Memo } from './memo.js';

export function foldJournal(records: readonly JournaledEvent[]): Memo {
  const memo = emptyMemo();
  for (const record of records) foldRecord(memo, record);
  return memo;
}

/** Takes one more event of the journal into the memo. */
export function foldRecord(memo: Memo, { event, payload }: JournaledEvent): void {
  switch (event.type) {
    case 'run.created': {
      const created = objectPayload(payload);
      memo.frames.set('', rootFrame(created['input'] ?? null, event.time));
      memo.metadata = created['metadata'] ?? {};
      const edited = created['edited'];
      if (isJsonObject(edited) && typeof edited['task'] === 'string')
        memo.edited = { task: edited['task'], input: edited['input'] ?? null };
      memo.clock = event.time;
      return;
    }
    case 'run.started':
      memo.status = 'started';
      return;
    case 'run.completed':
      memo.status = 'completed';
      memo.output = objectPayload(payload)['output'] ?? null;
      return;
    case 'run.compensating':
      memo.status = 'started';
      memo.requested = undefined;
      memo.compensating =
        event.reason === 'cancelled'
          ? { reason: 'cancelled' }
          : { reason: 'faulted', error: event.error, chain: event.chain };
      return;
    case 'run.cancelled':
      memo.status = 'cancelled';
      memo.requested = undefined;
      settleCompensations(memo);
      return;
    case 'run.suspended':
      memo.status = 'suspended';
      memo.requested = undefined;
      return;
    case 'run.faulted':
      memo.status = 'faulted';
      memo.error = event.error;
      settleCompensations(memo);
      return;
    case 'run.resumed': {
      const held = memo.held;
      if (memo.status === 'faulted') forgetFailures(memo, event.retrying, event.time);
      memo.status = 'started';
      memo.requested = undefined;
      memo.held = [];
      for (const signal of held) foldTakenSignal(memo, signal);
      return;
    }
    case 'signal.received':
      foldSignal(memo, event, payload as Signal | undefined);
      return;
    case 'case.moved':
      return;
    default:
      foldTask(memo, event, objectPayload(payload));
  }
}

type TaskEvent = Extract<RunEvent, { type: `task.${string}` }>;

function foldTask(memo: Memo, event: TaskEvent, payload: Record<string, Json | undefined>): void {
  const task = taskMemo(memo, event.key);
  switch (event.type) {
    case 'task.started': {
      const { context } = frameOf(memo.frames, event.key);
      task.started = { time: event.time, args: payload['args'], context };
      if (event.part !== undefined) {
        memo.frames.set(event.key, {
          key: event.key,
          part: partKey(event.part),
          step: event.step,
          input: payload['args'] ?? null,
          startedAt: event.time,
          context: null,
        });
      }
      return;
    }
    case 'task.completed': {
      const output = payload['output'] ?? null;
      task.end = { kind: 'completed', same: payload['same'] === true, output, then: event.then };
      if (payload['context'] !== undefined) frameOf(memo.frames, event.key).context = payload['context'];
      for (const key of event.consumed ?? []) memo.events.consume(key);
      if (event.compensate !== undefined) {
        const effect = effectKey(event.key);
        memo.compensable.delete(effect);
        memo.compensable.set(effect, { key: event.key, function: event.compensate, output });
      }
      return;
    }
    case 'task.skipped':
      task.end = { kind: 'skipped' };
      return;
    case 'task.cancelled':
      task.end = { kind: 'cancelled' };
      return;
    case 'task.faulted':
      task.end = { kind: 'faulted', error: event.error };
      return;
    case 'task.retried':
      (task.retries ??= new Map<number, string>()).set(event.attempt, event.due);
      return;
    case 'task.consumed': {
      const taken = memo.events.consume(event.event);
      const listened = (task.listened ??= nothingHeard());
      if (taken !== undefined) (event.ends === true ? listened.ending : listened.events).push(taken);
      return;
    }
    case 'task.iterated':
      (task.listened ??= nothingHeard()).outputs[event.index] = payload['output'] ?? null;
      if (payload['context'] !== undefined) frameOf(memo.frames, event.key).context = payload['context'];
  }
}

function nothingHeard(): Listened {
  return { events: [], ending: [], outputs: [] };
}

function objectPayload(payload: Json | undefined): Record<string, Json | undefined> {
  return isJsonObject(payload) ? payload : {};
}
