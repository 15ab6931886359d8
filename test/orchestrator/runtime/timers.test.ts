import { beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { EnqueueOptions, JobQueue } from '../../../contracts/queue.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createTimers, type Timer, type Timers } from '../../../orchestrator/runtime/timers.js';

const DAY = 86_400_000;
const start = Date.parse('2026-01-01T08:00:00Z');

interface Alarm {
  readonly timer: string;
  readonly at: number;
  readonly id: string | undefined;
}

describe('timers', () => {
  let now: number;
  let offset: number;
  let pending: Alarm[];
  let fired: string[];
  let timers: Timers;

  const enqueue = (data: { readonly id?: unknown }, { delayMs = 0, id }: EnqueueOptions = {}): void => {
    if (id !== undefined && pending.some((alarm) => alarm.id === id)) return;
    pending.push({ timer: String(data.id), at: now + delayMs, id });
  };
  const queue: JobQueue = {
    enqueue: (_name, data, options) => {
      enqueue(data, options);
      return Promise.resolve();
    },
    enqueueMany: (jobs) => {
      for (const { data, options } of jobs) enqueue(data, options);
      return Promise.resolve();
    },
    depth: () => Promise.resolve(pending.length),
    jobs: () => Promise.resolve([]),
    discard: () => Promise.resolve(),
    clear: () => Promise.resolve(),
  };
  const timer = (name: string, due: number): Timer => ({
    _id: `${DEFAULT_WORKSPACE}/${name}`,
    workspace: DEFAULT_WORKSPACE,
    due: new Date(due).toISOString(),
    target: { kind: 'run', run: 'run-1', key: name },
  });
  /** Rings the earliest alarm; it ends, as jobs do, only after what it did. */
  const ring = async (early = 0): Promise<void> => {
    pending.sort((one, other) => one.at - other.at);
    const [alarm] = pending;
    now = Math.max(now, alarm!.at - early);
    await timers.fire(alarm!.timer);
    pending = pending.filter((other) => other !== alarm);
  };

  beforeEach(() => {
    [now, offset, pending, fired] = [start, 0, [], []];
    timers = createTimers({
      documents: createMemoryDocuments(),
      clocks: { of: () => ({ now: () => new Date(now + offset) }) },
      realClock: { now: () => new Date(now) },
      queue,
      fire: ({ target }) => Promise.resolve(void fired.push(target.kind === 'run' ? target.key : '')),
    });
  });

  it('do not pile up alarms when the sandbox is started again and again', async () => {
    await timers.set(timer('soon', start + 3_600_000));
    await timers.set(timer('in two months', start + 60 * DAY));
    for (let starts = 0; starts < 20; starts += 1) {
      now += 60_000;
      await timers.rearm();
    }
    expect(pending).toHaveLength(2);
  });

  it('are looked at once a day until they are due', async () => {
    await timers.set(timer('in two months', start + 60 * DAY));
    while (fired.length === 0) {
      expect(pending).toHaveLength(1);
      await ring();
    }
    expect(now).toBe(start + 60 * DAY);
    expect(pending).toEqual([]);
  });

  it('are not lost when an alarm rings a moment early', async () => {
    await timers.set(timer('soon', start + 3_600_000));
    await ring(5);
    expect(fired).toEqual([]);
    await ring();
    expect(fired).toEqual(['soon']);
  });

  it('are found in the order of their instants, whatever was cancelled or set anew meanwhile', async () => {
    await timers.set(timer('later', start + 3 * DAY));
    await timers.set({ ...timer('b', start + DAY), due: '2026-01-02T08:00:00Z' });
    await timers.set(timer('a', start + DAY));
    await timers.set(timer('cancelled', start + 1_000));
    await timers.cancel(`${DEFAULT_WORKSPACE}/cancelled`);
    const long = 'x'.repeat(440);
    await timers.set(timer(`${long}1`, start + DAY));
    await timers.set(timer(`${long}2`, start + DAY));
    await timers.replace(timer('a', start + 2 * DAY));
    const order: string[] = [];
    for (;;) {
      const next = await timers.next(DEFAULT_WORKSPACE);
      if (next === undefined) break;
      order.push(next._id.slice(DEFAULT_WORKSPACE.length + 1));
      expect(await timers.next(DEFAULT_WORKSPACE, new Date(Date.parse(next.due) - 1))).toBeUndefined();
      await timers.cancel(next._id);
    }
    // Ties by id; of very long ones by their beginning.
    expect(order[0]).toBe('b');
    expect(order.slice(1, 3).sort()).toEqual([`${long}1`, `${long}2`]);
    expect(order.slice(3)).toEqual(['a', 'later']);
  });

  it('ring earlier when the clock was moved, and once', async () => {
    await timers.set(timer('in two months', start + 60 * DAY));
    offset = 60 * DAY - 60_000;
    await timers.rearm(DEFAULT_WORKSPACE);
    await ring();
    expect(now).toBe(start + 60_000);
    expect(fired).toEqual(['in two months']);
    while (pending.length > 0) await ring();
    expect(fired).toHaveLength(1);
  });
});
