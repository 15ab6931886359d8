import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Schedule, WorkflowDocument } from '../../../../contracts/workflow.js';
import {
  createScheduleWorld,
  nothing,
  workflow,
  workspace,
  type Kept,
  type ScheduleWorld,
} from './schedule-world.js';

const DAY = 86_400_000;
const by = (duration: string) => ({ kind: 'by', duration }) as const;

const open: ScheduleWorld[] = [];
async function worldOf(
  workflows: readonly WorkflowDocument[],
  options?: Parameters<typeof createScheduleWorld>[1],
): Promise<ScheduleWorld> {
  const world = await createScheduleWorld(workflows, options);
  open.push(world);
  return world;
}
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

const scheduled = (schedule: Schedule, version?: string): WorkflowDocument =>
  workflow('report', nothing, schedule, version);

describe('a schedule', () => {
  it('starts every week, eight times in two months, each at its own instant', async () => {
    const world = await worldOf([scheduled({ every: 'P1W' })]);
    expect(await world.cases()).toEqual([]);
    await world.control.change(workspace, by('P2M'), 'yuki');
    const weeks = [12, 19, 26].map((day) => `2026-01-${day}`);
    const further = ['2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23', '2026-03-02'];
    const expected = [...weeks, ...further].map((date) => `${date}T09:00:00.000Z`);
    expect(await world.starts()).toEqual(expected);
    expect((await world.cases()).map(({ openedAt }) => openedAt)).toEqual(expected);
    expect(await world.inputs()).toEqual(Array.from({ length: 8 }, () => ({})));
    const [first] = await world.cases();
    expect(await world.status(first!.runs[0]!)).toBe('completed');
  });

  it('counts months from where it began, so that short ones shorten no other', async () => {
    const world = await worldOf([scheduled({ every: { days: 1 } })]);
    await world.control.change(workspace, { kind: 'to', instant: '2026-01-31T09:00:00Z' }, 'yuki');
    await world.close();
    const monthly = await worldOf([scheduled({ every: 'P1M' }, '2.0.0')], {
      kept: world.kept,
      real: world.real,
    });
    const before = (await monthly.cases()).length;
    await monthly.control.change(workspace, by('P3M'), 'yuki');
    expect((await monthly.starts()).slice(before)).toEqual([
      '2026-02-28T09:00:00.000Z',
      '2026-03-31T09:00:00.000Z',
      '2026-04-30T09:00:00.000Z',
    ]);
  });

  it.each([
    ['0 8 * * 1', ['2026-01-12T08:00:00.000Z', '2026-01-19T08:00:00.000Z']],
    ['CRON_TZ=Africa/Nairobi 0 8 * * 1', ['2026-01-12T05:00:00.000Z', '2026-01-19T05:00:00.000Z']],
    ['30 6 12,19 1 *', ['2026-01-12T06:30:00.000Z', '2026-01-19T06:30:00.000Z']],
  ])('keeps the cron "%s"', async (cron, expected) => {
    const world = await worldOf([scheduled({ cron })]);
    await world.control.change(workspace, by('P15D'), 'yuki');
    expect(await world.starts()).toEqual(expected);
  });

  it.each([
    [{ cron: '0 8 * *' }, 'five fields'],
    [{ cron: '0 0 8 * * 1' }, 'five fields'],
    [{ cron: '99 8 * * 1' }, 'schedule.cron'],
    [{ cron: 'TZ=Nowhere/City 0 8 * * 1' }, 'schedule.cron'],
    [{ every: 'PT0S' }, 'schedule.every'],
    [{ every: 'weekly' }, 'schedule.every'],
    [{ after: 'soon' }, 'schedule.after'],
  ])('that cannot be kept is refused: %j', async (schedule, why) => {
    const world = await worldOf([]);
    await expect(
      createScheduleWorld([scheduled(schedule)], { kept: world.kept }).then((made) => made.close()),
    ).rejects.toMatchObject({ code: 'GSB-DEF-001', detail: expect.stringContaining(why) });
  });

  it('starts again a delay after its last instance ended, not sooner', async () => {
    const waits = '  - rest: { wait: P2D }';
    const world = await worldOf([workflow('report', waits, { after: 'P1D' })]);
    expect(await world.starts()).toEqual(['2026-01-05T09:00:00.000Z']);
    await world.control.change(workspace, by('P10D'), 'yuki');
    expect(await world.starts()).toEqual([
      '2026-01-05T09:00:00.000Z',
      '2026-01-08T09:00:00.000Z',
      '2026-01-11T09:00:00.000Z',
      '2026-01-14T09:00:00.000Z',
    ]);
  });

  it('goes on after an instance was cancelled, and waits for one that is parked', async () => {
    const failing = `  - ask:
      if: \${ $workflow.startedAt.iso8601 < "2026-01-07" }
      listen: { to: { one: { with: { type: go } } } }
  - fail: { raise: { error: { type: "https://example.org/e", status: 500 } } }`;
    const world = await worldOf([workflow('report', failing, { after: 'P1D' })]);
    const [first] = await world.cases();
    await world.runtime.signals.send(workspace, first!.runs[0]!, { kind: 'cancel', id: 'c', reason: 'test' });
    await world.settle();
    await world.control.change(workspace, by('P3D'), 'yuki');
    expect((await world.cases()).length).toBe(2);
    const second = (await world.cases())[1]!;
    expect(await world.status(second.runs[0]!)).toBe('waiting');
    await world.publish({ specversion: '1.0', id: '1', source: 's', type: 'go' });
    await world.settle();
    expect(await world.status(second.runs[0]!)).toBe('faulted');
    await world.control.change(workspace, by('P9D'), 'yuki');
    expect((await world.cases()).length).toBe(2);
  });

  it('makes up for what was missed while nobody was there by the latest, once', async () => {
    const documents = [scheduled({ every: 'P1W' })];
    const down = await worldOf(documents);
    await down.close();
    down.real.milliseconds += 30 * DAY;
    const up = await worldOf(documents, { kept: down.kept, real: down.real });
    await up.settle();
    expect(await up.starts()).toEqual(['2026-02-02T09:00:00.000Z']);
    expect((await up.runtime.timers.next(workspace))?.due).toBe('2026-02-09T09:00:00.000Z');
  });

  it('is started anew by a changed document, and ends with it', async () => {
    const kept: { kept?: Kept } = {};
    const first = await worldOf([scheduled({ every: 'P1W' })]);
    kept.kept = first.kept;
    await first.control.change(workspace, by('P3D'), 'yuki');
    await first.close();
    const second = await worldOf([scheduled({ every: 'P1D' }, '1.1.0')], { ...kept, real: first.real });
    await second.control.change(workspace, by('P2D'), 'yuki');
    expect(await second.starts()).toEqual(['2026-01-09T09:00:00.000Z', '2026-01-10T09:00:00.000Z']);
    await second.close();
    const third = await worldOf([workflow('report', nothing, undefined, '1.2.0')], {
      ...kept,
      real: first.real,
    });
    expect(await third.runtime.timers.next(workspace)).toBeUndefined();
    await third.control.change(workspace, by('P1M'), 'yuki');
    expect(await third.cases()).toHaveLength(2);
  });

  it('starts once, whoever registers and fires it how often', async () => {
    const documents = [scheduled({ every: 'P1W' })];
    const one = await worldOf(documents);
    const other = await worldOf(documents, { kept: one.kept, real: one.real });
    await Promise.all([one, other, one].map((world) => world.runtime.schedules.register(workspace)));
    const timers = await one.kept.documents.collection('timers').find();
    expect(timers).toHaveLength(1);
    one.real.milliseconds += 7 * DAY;
    const id = timers[0]!.doc._id;
    await Promise.all([one, other, one].map((world) => world.runtime.timers.fire(id)));
    await one.settle();
    expect(await one.cases()).toHaveLength(1);
    expect(await one.kept.documents.collection('timers').find()).toHaveLength(1);
  });

  it('is not lost when the process dies between the start and the next timer', async () => {
    const documents = [scheduled({ every: 'P1W' })];
    const dead = await worldOf(documents);
    jest.spyOn(dead.runtime.timers, 'set').mockRejectedValue(new Error('killed'));
    dead.real.milliseconds += 7 * DAY;
    const timer = await dead.runtime.timers.next(workspace);
    await expect(dead.runtime.timers.fire(timer!._id)).rejects.toThrow('killed');
    await dead.close();
    const next = await worldOf(documents, { kept: dead.kept, real: dead.real });
    await next.settle();
    expect(await next.cases()).toHaveLength(1);
    expect((await next.runtime.timers.next(workspace))?.due).toBe('2026-01-19T09:00:00.000Z');
  });
});
