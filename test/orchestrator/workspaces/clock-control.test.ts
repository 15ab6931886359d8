import { describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE as workspace } from '../../../contracts/ids.js';
import { silentLogger } from '../../../contracts/logger.js';
import { createLocalLocks } from '../../../orchestrator/runtime/local-locks.js';
import { followClocks } from '../../../orchestrator/workspaces/follow-clocks.js';
import { createClockBench, START } from './clock-bench.js';

const by = (duration: string) => ({ kind: 'by', duration }) as const;
const HOUR = 3_600_000;

describe('the clock of a workspace', () => {
  it('runs with the machine, and ahead of it once it was moved', async () => {
    const bench = await createClockBench();
    expect(bench.now()).toBe(START);
    expect(await bench.control.change(workspace, by('P2M'), 'yuki')).toEqual({
      now: '2026-03-05T09:00:00.000Z',
      fired: 0,
    });
    bench.real.milliseconds += HOUR;
    expect(bench.now()).toBe('2026-03-05T10:00:00.000Z');
    expect(bench.clocks.standing(workspace)).toBe('running');
    expect(await bench.log()).toMatchObject([
      { type: 'clock.moved', from: START, to: '2026-03-05T09:00:00.000Z', by: 'yuki', fired: 0 },
    ]);
  });

  it('stands still while it is frozen, and goes on from there', async () => {
    const bench = await createClockBench();
    await bench.control.change(workspace, { kind: 'freeze' }, 'yuki');
    bench.real.milliseconds += HOUR;
    expect(bench.now()).toBe(START);
    // Once more changes nothing, and is not told.
    await bench.control.change(workspace, { kind: 'freeze' }, 'yuki');
    await bench.control.change(workspace, by('P1D'), 'yuki');
    expect(bench.now()).toBe('2026-01-06T09:00:00.000Z');
    expect(bench.clocks.standing(workspace)).toBe('frozen');
    await bench.control.change(workspace, { kind: 'unfreeze' }, 'yuki');
    bench.real.milliseconds += HOUR;
    expect(bench.now()).toBe('2026-01-06T10:00:00.000Z');
    expect((await bench.log()).map((event) => (event as { type: string }).type)).toEqual([
      'clock.frozen',
      'clock.moved',
      'clock.unfrozen',
    ]);
  });

  it('rings no alarm by real time while it is frozen', async () => {
    const bench = await createClockBench();
    await bench.set('before', '2026-01-05T10:00:00.000Z');
    expect(bench.alarms).toHaveLength(1);
    await bench.control.change(workspace, { kind: 'freeze' }, 'yuki');
    bench.real.milliseconds += 2 * HOUR;
    await bench.timers.fire('default/before');
    await bench.set('meanwhile', '2026-01-05T10:00:00.000Z');
    await bench.timers.rearm(workspace);
    expect(bench.fired).toEqual([]);
    expect(bench.alarms).toHaveLength(1);
    await bench.set('at once', START);
    expect(bench.alarms.at(-1)).toEqual({ id: 'default/at once', delayMs: 0 });
    await bench.timers.cancel('default/at once');
    await bench.control.change(workspace, { kind: 'unfreeze' }, 'yuki');
    expect(bench.alarms.slice(2).map(({ id, delayMs }) => [id, delayMs])).toEqual([
      ['default/before', HOUR],
      ['default/meanwhile', HOUR],
    ]);
  });

  it('fires what falls due in order of instants, ties by id, each at its own instant', async () => {
    const bench = await createClockBench();
    await bench.set('c', '2026-01-20T09:00:00.000Z');
    await bench.set('b', '2026-01-10T09:00:00.000Z');
    await bench.set('a', '2026-01-10T09:00:00Z');
    await bench.set('later', '2026-04-01T09:00:00.000Z');
    const { fired } = await bench.control.change(workspace, by('P2M'), 'yuki');
    expect(fired).toBe(3);
    expect(bench.fired).toEqual([
      'a@2026-01-10T09:00:00.000Z',
      'b@2026-01-10T09:00:00.000Z',
      'c@2026-01-20T09:00:00.000Z',
    ]);
  });

  it('fires in its turn what is set on the way for an earlier instant', async () => {
    const bench = await createClockBench({
      onFire: async ({ _id }, at) => {
        if (_id === 'default/first') await at.set('between', '2026-01-15T09:00:00.000Z');
      },
    });
    await bench.set('first', '2026-01-10T09:00:00.000Z');
    await bench.set('last', '2026-01-20T09:00:00.000Z');
    await bench.control.change(workspace, by('P1M'), 'yuki');
    expect(bench.fired.map((name) => name.split('@')[0])).toEqual(['first', 'between', 'last']);
  });

  it('waits for quiet between two timers', async () => {
    let fired = 0;
    const quiets: number[] = [];
    const bench = await createClockBench({
      onFire: () => void (fired += 1),
      quiet: () => Promise.resolve(void quiets.push(fired)),
    });
    await bench.set('a', '2026-01-10T09:00:00.000Z');
    await bench.set('b', '2026-01-11T09:00:00.000Z');
    await bench.control.change(workspace, by('P1M'), 'yuki');
    expect(quiets).toEqual([0, 1, 2]);
  });

  it('moves to the next timer, also when that is overdue, and not when nothing waits', async () => {
    const bench = await createClockBench();
    await expect(bench.control.change(workspace, { kind: 'next-timer' }, 'yuki')).rejects.toMatchObject({
      code: 'GSB-REQ-003',
    });
    await bench.set('a', '2026-01-10T09:00:00.000Z');
    expect(await bench.control.change(workspace, { kind: 'next-timer' }, 'yuki')).toMatchObject({
      now: '2026-01-10T09:00:00.000Z',
      fired: 1,
    });
    await bench.set('overdue', '2026-01-09T09:00:00.000Z');
    expect(await bench.control.change(workspace, { kind: 'next-timer' }, 'yuki')).toMatchObject({
      now: '2026-01-10T09:00:00.000Z',
      fired: 1,
    });
  });

  it.each([
    [by('P0D'), 'GSB-REQ-001'],
    [by('two months'), 'GSB-REQ-001'],
    [by('P99999999Y'), 'GSB-REQ-001'],
    [by(`P${'9'.repeat(400)}D`), 'GSB-REQ-001'],
    [{ kind: 'to', instant: '2025-12-31T00:00:00Z' } as const, 'GSB-REQ-003'],
    [{ kind: 'to', instant: START } as const, 'GSB-REQ-003'],
  ])('refuses %j', async (move, code) => {
    const bench = await createClockBench();
    await expect(bench.control.change(workspace, move, 'yuki')).rejects.toMatchObject({ code });
    expect(bench.clocks.standing(workspace)).toBe('running');
    expect(bench.now()).toBe(START);
  });

  it('takes one change at a time', async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const bench = await createClockBench({ quiet: () => held });
    const first = bench.control.change(workspace, by('P1D'), 'yuki');
    await expect(bench.control.change(workspace, by('P1D'), 'ann')).rejects.toMatchObject({
      code: 'GSB-REQ-003',
      status: 409,
    });
    await expect(bench.control.change(workspace, { kind: 'freeze' }, 'ann')).rejects.toMatchObject({
      status: 409,
    });
    while (bench.clocks.standing(workspace) !== 'moving') await Promise.resolve();
    goOn();
    expect(await first).toMatchObject({ now: '2026-01-06T09:00:00.000Z' });
  });

  it('goes on with a move that a crash cut short, without losing or doubling', async () => {
    const dead = await createClockBench({
      onFire: ({ _id }) => (_id === 'default/b' ? new Promise<never>(() => undefined) : undefined),
    });
    await dead.set('a', '2026-01-10T09:00:00.000Z');
    await dead.set('b', '2026-01-11T09:00:00.000Z');
    await dead.set('c', '2026-01-12T09:00:00.000Z');
    void dead.control.change(workspace, by('P1M'), 'yuki');
    while (dead.fired.length < 2) await Promise.resolve();
    // Killed while b was fired; nothing of it is left but the stores.
    const next = await createClockBench({ kept: dead.kept });
    expect(next.clocks.standing(workspace)).toBe('moving');
    next.real.milliseconds += 5 * HOUR;
    await next.control.resume();
    expect(next.fired).toEqual(['b@2026-01-11T09:00:00.000Z', 'c@2026-01-12T09:00:00.000Z']);
    expect(next.now()).toBe('2026-02-05T09:00:00.000Z');
    expect(next.clocks.standing(workspace)).toBe('running');
    expect(await next.log()).toMatchObject([
      { type: 'clock.moved', from: START, to: '2026-02-05T09:00:00.000Z', by: 'yuki', fired: 3 },
    ]);
    await next.control.resume();
    expect(await next.log()).toHaveLength(1);
  });

  it('waits with that for the lock of the dead process to run out', async () => {
    const dead = await createClockBench();
    await dead.clocks.begin(workspace, { to: new Date('2026-02-05T09:00:00.000Z'), by: 'yuki' });
    let pauses = 0;
    const free = createLocalLocks();
    const next = await createClockBench({
      kept: dead.kept,
      locks: {
        shared: true,
        withLock: (name, work) => (pauses < 3 ? Promise.resolve('busy') : free.withLock(name, work)),
      },
      pause: () => Promise.resolve(void (pauses += 1)),
    });
    await next.control.resume();
    expect(pauses).toBe(3);
    expect(next.now()).toBe('2026-02-05T09:00:00.000Z');
  });

  it('tells of a change that a crash kept from the log, once', async () => {
    const dead = await createClockBench();
    const append = dead.kept.journal.append.bind(dead.kept.journal);
    for (const durable of [false, true]) {
      // The process dies at the append: before it, or after it and before anybody knows.
      dead.kept.journal.append = async (...given) => {
        if (durable) await append(...given);
        throw new Error('killed');
      };
      const kind = durable ? 'unfreeze' : 'freeze';
      await expect(dead.control.change(workspace, { kind }, 'yuki')).rejects.toThrow('killed');
      dead.kept.journal.append = append;
      await (await createClockBench({ kept: dead.kept })).control.resume();
      await dead.clocks.refresh(workspace);
    }
    expect((await dead.log()).map((event) => (event as { type: string }).type)).toEqual([
      'clock.frozen',
      'clock.unfrozen',
    ]);
  });

  it('leaves a move under way when the sandbox is stopped', async () => {
    const bench = await createClockBench({
      onFire: () => void bench.control.close(),
    });
    await bench.set('a', '2026-01-10T09:00:00.000Z');
    await bench.set('b', '2026-01-11T09:00:00.000Z');
    await expect(bench.control.change(workspace, by('P1M'), 'yuki')).rejects.toThrow('stops');
    const next = await createClockBench({ kept: bench.kept });
    await next.control.resume();
    expect(next.fired).toEqual(['b@2026-01-11T09:00:00.000Z']);
    expect(next.now()).toBe('2026-02-05T09:00:00.000Z');
  });

  it('stays where it was when a timer cannot be fired, and is not stuck', async () => {
    const bench = await createClockBench({
      onFire: () => Promise.reject(new Error('the store is gone')),
    });
    await bench.set('a', '2026-01-10T09:00:00.000Z');
    await expect(bench.control.change(workspace, by('P1M'), 'yuki')).rejects.toThrow('the store is gone');
    expect(bench.now()).toBe('2026-01-10T09:00:00.000Z');
    expect(bench.clocks.standing(workspace)).toBe('running');
  });

  it('ends a move whose workspace is reset on the way', async () => {
    const bench = await createClockBench({ onFire: () => bench.clocks.forget(workspace) });
    await bench.set('a', '2026-01-10T09:00:00.000Z');
    await bench.control.change(workspace, by('P1M'), 'yuki');
    expect(bench.now()).toBe(START);
    expect(bench.clocks.standing(workspace)).toBe('running');
  });

  it('is one clock for several processes on one store', async () => {
    const locks = createLocalLocks();
    const one = await createClockBench({ locks });
    const other = await createClockBench({ locks, kept: one.kept, real: one.real });
    const following = await followClocks({
      journal: one.kept.journal,
      clocks: other.clocks,
      logger: silentLogger,
    });
    await one.control.change(workspace, by('P1D'), 'yuki');
    await one.control.change(workspace, { kind: 'freeze' }, 'yuki');
    // The follower hears of it in its own time; then both say the same.
    while (!other.clocks.stands(workspace)) await new Promise((resolve) => setImmediate(resolve));
    one.real.milliseconds += HOUR;
    expect(other.now()).toBe('2026-01-06T09:00:00.000Z');
    expect(other.now()).toBe(one.now());
    await following.close();
    // And whoever heard nothing still rings no alarm: it looks before it fires.
    const deaf = await createClockBench({ locks, kept: one.kept, real: one.real });
    await deaf.set('soon', '2026-01-06T10:00:00.000Z');
    await one.control.change(workspace, { kind: 'unfreeze' }, 'yuki');
    await one.control.change(workspace, { kind: 'freeze' }, 'yuki');
    one.real.milliseconds += 2 * HOUR;
    await deaf.timers.fire('default/soon');
    expect(deaf.fired).toEqual([]);
  });
});
