import { describe, expect, it } from '@jest/globals';
import type { Exchange } from '../../contracts/exchange.js';
import type { RunEvent, TaskNames } from '../../contracts/run-event.js';
import { createCaseLog } from '../../console/src/model/case-log.js';
import { timelineOf, type RunRecord, type TaskEntry } from '../../console/src/model/timeline.js';

let second = 0;
const moment = (): { time: string; at: string } => {
  second += 1;
  const instant = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  return { time: instant, at: instant };
};
const task = (key: string, narration?: string): TaskNames => ({
  key,
  name: key.split('/').at(-1) ?? '',
  kind: 'call',
  step: 'payment',
  ...(narration === undefined ? {} : { narration }),
});
const started = (names: TaskNames): RunEvent => ({ type: 'task.started', ...names, ...moment() });
const completed = (names: TaskNames): RunEvent => ({ type: 'task.completed', ...names, ...moment() });
const error = { type: 'about:blank', status: 503, title: 'No answer', instance: '/do/0' };
const faulted = (names: TaskNames): RunEvent => ({ type: 'task.faulted', error, ...names, ...moment() });
const records = (...events: RunEvent[]): RunRecord[] =>
  events.map((event, index) => ({ run: 'run-1', seq: index + 1, event }));
const tasksIn = (all: readonly RunRecord[], exchanges: readonly Exchange[] = []): TaskEntry[] =>
  timelineOf(all, exchanges).filter((entry) => entry.type === 'task');

const exchange = (id: string, taskKey: string): Exchange => ({
  type: 'exchange',
  id,
  ...moment(),
  client: 'A/B/C/D',
  service: 'A/B/C/D/e',
  block: 'payments',
  deliveredTo: 'mock',
  method: 'POST',
  path: '/bulk',
  status: 200,
  milliseconds: 4,
  outcome: 'answered',
  requestHash: 'a',
  responseHash: 'b',
  origin: { runId: 'run-1', caseId: 'case-1', taskKey },
});

describe('the timeline of a case', () => {
  it('tells what a repeated run took over once, where it happened', () => {
    const told = task('/do/0/pay', 'pay.one');
    const [begun, done] = [started(told), completed(told)];
    const copies = [begun, done].map((event, index) => ({
      run: 'run-2',
      seq: index + 2,
      event: { ...event, copiedFrom: { runId: 'run-1', seq: index + 1 } },
    }));
    expect(tasksIn([...records(begun, done), ...copies])).toHaveLength(1);
  });

  it('tells narrated tasks only, with their status and duration', () => {
    const told = task('/do/0/pay', 'pay.one');
    const silent = task('/do/1/set');
    const [entry, ...others] = tasksIn(
      records(started(told), completed(told), started(silent), completed(silent)),
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      narration: 'pay.one',
      status: 'done',
      milliseconds: 1000,
      count: 1,
      attempts: 1,
    });
  });

  it('is the same in whatever order the events arrive', () => {
    const one = task('/do/0/a', 'a');
    const two = task('/do/1/b', 'b');
    const all = records(started(one), completed(one), started(two));
    const calls = [exchange('x1', one.key), exchange('x2', two.key)];
    expect(timelineOf([...all].reverse(), [...calls].reverse())).toEqual(timelineOf(all, calls));
  });

  it('tells the iterations of a loop as one entry with counts', () => {
    const item = (index: number): TaskNames => task(`/do/0/each/for#${index}/do/0/send`, 'send');
    const [entry, ...others] = tasksIn(
      records(started(item(0)), started(item(1)), completed(item(0)), started(item(2))),
      [exchange('x1', item(1).key)],
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ status: 'running', count: 3, ended: 1 });
    expect(entry?.exchanges.map(({ id }) => id)).toEqual(['x1']);
  });

  it('tells the iterations of a loop apart where each says something else', () => {
    const read = (index: number, narration: string): TaskNames =>
      task(`/do/0/each/for#${index}/do/0/read`, narration);
    const [tax, land] = [read(0, 'readTax'), read(1, 'readLand')];
    const entries = tasksIn(records(started(tax), started(land), completed(tax)), [
      exchange('x1', land.key),
      exchange('x2', tax.key),
    ]);
    expect(
      entries.map(({ narration, status, exchanges }) => [narration, status, exchanges.map(({ id }) => id)]),
    ).toEqual([
      ['readTax', 'done', ['x2']],
      ['readLand', 'running', ['x1']],
    ]);
  });

  it('tells attempts as one entry, which ends as the last of them', () => {
    const attempt = (n: number): TaskNames => task(`/do/0/tries/try${n === 1 ? '' : `#${n}`}/0/read`, 'read');
    const [entry, ...others] = tasksIn(
      records(started(attempt(1)), faulted(attempt(1)), started(attempt(2)), completed(attempt(2))),
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ status: 'done', attempts: 2, error: undefined });
  });

  it('leaves no branch running when the fork around it has failed', () => {
    const branch = task('/do/0/ask/fork/branches/0/tax', 'tax');
    const fork = { ...task('/do/0/ask'), kind: 'fork' as const };
    const [entry] = tasksIn(records(started(fork), started(branch), faulted(fork)));
    expect(entry?.status).toBe('cancelled');
  });

  it('names the state that a task brought the case to', () => {
    const move = task('/do/0/enrolled', 'enrolled');
    const all = records(
      started(move),
      { type: 'case.moved', key: move.key, state: 'enrolled', ...moment() },
      completed(move),
    );
    expect(tasksIn(all)[0]?.movedTo).toBe('enrolled');
  });

  it('gives the calls inside a told task to that task, and leaves out what was skipped', () => {
    const loop = { ...task('/do/0/readAll', 'readAll'), kind: 'for' as const };
    const skipped = task('/do/1/never', 'never');
    const all = records(started(loop), completed(loop), { type: 'task.skipped', ...skipped, ...moment() });
    const entries = timelineOf(all, [exchange('x1', '/do/0/readAll/for#0/do/0/page')]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ narration: 'readAll', exchanges: [{ id: 'x1' }] });
  });

  it('shows a parked run with its cause, and calls that belong to no told task', () => {
    const entries = timelineOf(records({ type: 'run.faulted', error, chain: [], ...moment() }), [
      exchange('x9', '/do/7/silent'),
    ]);
    expect(entries.map(({ type }) => type)).toEqual(['run', 'call']);
    expect(entries[0]).toMatchObject({ what: 'faulted', error });
  });
});

describe('the log of a case in the browser', () => {
  it('counts an event once, and knows where one is missing', () => {
    const log = createCaseLog();
    const event = started(task('/do/0/a', 'a'));
    expect([log.addEvent('r', 1, event), log.addEvent('r', 1, event), log.addEvent('r', 3, event)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(log.complete('r')).toBe(1);
    log.addEvent('r', 2, event);
    expect(log.complete('r')).toBe(3);
    expect(log.records()).toHaveLength(3);
  });

  it('keeps the bodies of a call that was first seen without them', () => {
    const log = createCaseLog();
    const call = exchange('x1', '/do/0/a');
    const payload = { query: {}, requestBody: { a: 1 }, responseBody: null };
    expect(log.addExchange(call)).toBe(true);
    expect(log.addExchange(call, payload)).toBe(false);
    expect(log.payloadOf('x1')).toEqual(payload);
    expect(log.exchanges()).toHaveLength(1);
  });
});
