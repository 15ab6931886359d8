import { expect } from '@jest/globals';
import type { CallEffect } from '../../../contracts/catalog-function.js';
import type { Json } from '../../../contracts/json.js';
import type { CloudEvent, RunError, Signal } from '../../../contracts/run-event.js';
import {
  effectKey,
  Execution,
  nameOfKey,
  type Effect,
  type JournaledEvent,
} from '../../../orchestrator/engine/index.js';
import { documentOf, engineDeps, newRun, withParts } from './drive.js';

/** What the world says to a call or a child run: an output, an error, an output that comes by the inbox, nothing. */
export type Reply =
  { output: Json } | { status: number; type?: string } | { later: Json } | { laterStatus: number } | 'never';

export interface Script {
  readonly input?: Json;
  /** Documents of shared parts. */
  readonly parts?: readonly string[];
  readonly secrets?: Readonly<Record<string, Json>>;
  /** By the task's name; one for all its calls, or one after the other (the last one stays). Others get their own args. */
  readonly replies?: Readonly<Record<string, Reply | readonly Reply[]>>;
  /** Sent in this order, each when nothing but time could move the run. */
  readonly signals?: readonly Record<string, Json>[];
  /** Whether time passes, after the signals. */
  readonly timers?: boolean;
}

export interface Played {
  readonly status: string;
  readonly output: Json;
  readonly error: RunError | undefined;
  readonly journal: readonly JournaledEvent[];
  /** `type key`, for the events of tasks, in order. */
  readonly told: readonly string[];
  readonly calls: readonly CallEffect[];
  readonly runs: readonly Extract<Effect, { kind: 'run' }>[];
  readonly emitted: readonly CloudEvent[];
  readonly waiting: readonly string[];
}

/**
 * Plays a document against a scripted world, then once more for every prefix of its journal, as after a crash at that
 * very event: each must come to the same end, write the same events, and ask for the same effects with the same arguments.
 */
export function survivesEveryCut(yaml: string, script: Script = {}): Played {
  const whole = play(yaml, script, undefined);
  for (let length = 1; length < whole.journal.length; length += 1) {
    const last = whole.journal[length - 1]?.event;
    const again = play(yaml, script, whole.journal.slice(0, length));
    const where = {
      cutAfter: last === undefined ? '' : `${length} ${last.type} ${'key' in last ? last.key : ''}`,
    };
    expect({ ...where, ...essence(again) }).toEqual({ ...where, ...essence(whole) });
    for (const call of again.calls) {
      const first = whole.calls.find(({ key }) => effectKey(key) === effectKey(call.key));
      expect({ ...where, key: call.key, args: call.args }).toEqual({
        ...where,
        key: call.key,
        args: first?.args,
      });
    }
  }
  return whole;
}

function essence({ status, output, error, journal, waiting }: Played): object {
  return {
    status,
    output,
    error,
    waiting: [...waiting].sort(),
    events: journal.map(({ event }) => `${event.type} ${'key' in event ? (event.key ?? '') : ''}`).sort(),
  };
}

function play(yaml: string, script: Script, prefix: readonly JournaledEvent[] | undefined): Played {
  const document = withParts(documentOf(yaml), script.parts);
  const journal = JSON.parse(
    JSON.stringify(prefix ?? [newRun(document, script.input ?? {})]),
  ) as JournaledEvent[];
  let time = new Date(journal.at(-1)?.event.time ?? 0);
  const execution = new Execution({
    runId: 'run-1',
    document,
    journal,
    deps: engineDeps,
    secrets: script.secrets ?? {},
    now: () => ({ time, at: time }),
  });
  const asked = new Map<string, Exclude<Effect, { kind: 'withdraw' }>>();
  const played = {
    calls: [] as CallEffect[],
    runs: [] as Played['runs'][number][],
    emitted: [] as CloudEvent[],
  };

  const collect = (): void => {
    const { events, effects } = execution.take();
    journal.push(...(JSON.parse(JSON.stringify(events)) as JournaledEvent[]));
    for (const effect of effects) {
      if (effect.kind === 'withdraw') asked.delete(effect.key);
      else asked.set(effect.key, effect);
      if (effect.kind === 'call') played.calls.push(effect);
      if (effect.kind === 'run') played.runs.push(effect);
      if (effect.kind === 'emit') played.emitted.push(effect.event);
    }
  };
  const receive = (signal: Record<string, Json>): void => {
    execution.receive(execution.memo.inbox + 1, signal as unknown as Signal);
  };

  const answered = (): boolean => {
    for (const [key, effect] of asked) {
      if (effect.kind === 'timer') continue;
      const reply = effect.kind === 'emit' ? { output: effect.event as Json } : replyTo(script, effect);
      if (reply === 'never') continue;
      asked.delete(key);
      if ('output' in reply) execution.complete(key, reply.output);
      else if ('status' in reply) execution.fail(key, errorOf(reply.status, reply.type));
      else if ('later' in reply) receive({ kind: 'done', id: `done ${key}`, key, output: reply.later });
      else
        receive({
          kind: 'failed',
          id: `failed ${key}`,
          key,
          error: { ...errorOf(reply.laterStatus, undefined) },
        });
      return true;
    }
    return false;
  };
  const signalled = (): boolean => {
    const index = (script.signals ?? []).findIndex((_, at) => !execution.memo.signals.has(`script ${at}`));
    const signal = script.signals?.[index];
    if (signal === undefined) return false;
    receive({ id: `script ${index}`, ...signal });
    return true;
  };
  const fired = (): boolean => {
    if (script.timers === false || execution.memo.status === 'suspended') return false;
    const [first] = [...asked.values()]
      .filter((effect) => effect.kind === 'timer')
      .sort((one, other) => one.due.localeCompare(other.due) || one.key.localeCompare(other.key));
    if (first === undefined) return false;
    asked.delete(first.key);
    if (first.due > time.toISOString()) time = new Date(first.due);
    receive({ kind: 'timer', id: `timer ${first.key} ${first.due}`, key: first.key });
    return true;
  };

  collect();
  for (let step = 0; answered() || signalled() || fired(); step += 1) {
    if (step > 2000) throw new Error('The run does not come to rest');
    collect();
  }
  return {
    ...played,
    status: execution.memo.status,
    output: execution.memo.output,
    error: execution.error,
    journal,
    told: journal.flatMap(({ event }) =>
      'key' in event && event.type.startsWith('task.') ? [`${event.type} ${event.key}`] : [],
    ),
    waiting: execution.waiting().map(({ key }) => key),
  };
}

/** The n-th reply for the n-th instance of a task, so that a repetition of one call gets the same answer. */
function replyTo({ replies = {} }: Script, effect: Extract<Effect, { kind: 'call' | 'run' }>): Reply {
  const own = effect.kind === 'call' ? effect.args : effect.input;
  const given = replies[nameOfKey(effect.key)] ?? { output: own };
  if (!Array.isArray(given)) return given as Reply;
  const list = given as readonly Reply[];
  const instance = /(?:try#|for#|foreach#|@)(\d+)(?!.*(?:try#|for#|foreach#|@)\d)/.exec(effect.key);
  const nth =
    instance === null
      ? 0
      : Number(instance[1]) - (effect.key.includes('for#') || effect.key.includes('foreach#') ? 0 : 1);
  return list[Math.min(Math.max(nth, 0), list.length - 1)] ?? 'never';
}

function errorOf(status: number, type = 'communication'): RunError {
  return {
    type: `https://open-workflow-specification.org/spec/1.0.0/errors/${type}`,
    status,
    title: 'failed',
    instance: '/x',
  };
}
