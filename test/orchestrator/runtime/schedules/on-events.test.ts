import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Schedule, WorkflowDocument } from '../../../../contracts/workflow.js';
import {
  createScheduleWorld,
  event,
  nothing,
  workflow,
  workspace,
  type ScheduleWorld,
} from './schedule-world.js';

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

const on = (schedule: Schedule): WorkflowDocument => workflow('warn', nothing, schedule);
const flood = { with: { type: 'flood' } };
const storm = { with: { type: 'storm' } };
const region = { region: { from: '${ .data.region }' } };

describe('a schedule that starts on events', () => {
  it('one: each event that fits starts an instance with the array of what was read', async () => {
    const world = await worldOf([on({ on: { one: flood } })]);
    expect(await world.publish(event('flood', '1', { level: 3 }))).toEqual({
      reached: 0,
      started: 1,
      duplicate: false,
    });
    await world.publish(event('rain', '2'));
    await world.publish(event('flood', '3', { level: 4 }));
    await world.settle();
    expect(await world.inputs()).toEqual([[{ level: 3 }], [{ level: 4 }]]);
  });

  it.each([
    ['data', { level: 3 }],
    ['raw', { level: 3 }],
    [
      'envelope',
      { specversion: '1.0', id: '1', source: 'https://example.org', type: 'flood', data: { level: 3 } },
    ],
  ] as const)('reads %s', async (read, expected) => {
    const world = await worldOf([on({ on: { one: flood }, read })]);
    await world.publish(event('flood', '1', { level: 3 }));
    expect(await world.inputs()).toEqual([[expected]]);
  });

  it('takes the same source and id once, and another source with that id as another event', async () => {
    const world = await worldOf([on({ on: { one: flood } })]);
    await world.publish(event('flood', '1'));
    expect(await world.publish(event('flood', '1'))).toEqual({ reached: 0, started: 0, duplicate: true });
    await world.publish(event('flood', '1', {}, { source: 'https://elsewhere.example.org' }));
    expect(await world.cases()).toHaveLength(2);
  });

  it('any: one of several, by literal and by expression; an empty list takes every event', async () => {
    const high = { with: { type: 'level', data: '${ .height > 5 }' } };
    const world = await worldOf([on({ on: { any: [flood, high] } })]);
    await world.publish(event('level', '1', { height: 9 }));
    await world.publish(event('level', '2', { height: 2 }));
    await world.publish(event('level', '3', 'not a level at all'));
    await world.publish(event('flood', '4', {}));
    expect(await world.inputs()).toEqual([[{ height: 9 }], [{}]]);
    const all = await worldOf([on({ on: { any: [] } })]);
    await all.publish(event('whatever', '1', 7));
    expect(await all.inputs()).toEqual([[7]]);
  });

  it('all: starts when every filter has its event, in the order of the filters', async () => {
    const world = await worldOf([on({ on: { all: [flood, storm] } })]);
    await world.publish(event('storm', '1', 'storm 1'));
    await world.publish(event('storm', '2', 'storm 2'));
    expect(await world.cases()).toEqual([]);
    await world.publish(event('flood', '3', 'flood 3'));
    await world.publish(event('flood', '4', 'flood 4'));
    expect(await world.inputs()).toEqual([
      ['flood 3', 'storm 1'],
      ['flood 4', 'storm 2'],
    ]);
  });

  it('all: joins only what correlates, exactly', async () => {
    const world = await worldOf([
      on({
        on: {
          all: [
            { ...flood, correlate: region },
            { ...storm, correlate: region },
          ],
        },
      }),
    ]);
    await world.publish(event('flood', '1', { region: 'hills' }));
    await world.publish(event('storm', '2', { region: 'coast' }));
    await world.publish(event('storm', '3', { region: 'HILLS' }));
    await world.publish(event('storm', '4', {}));
    expect(await world.cases()).toEqual([]);
    await world.publish(event('flood', '5', { region: 'coast' }));
    await world.publish(event('storm', '6', { region: 'hills' }));
    expect(await world.inputs()).toEqual([
      [{ region: 'coast' }, { region: 'coast' }],
      [{ region: 'hills' }, { region: 'hills' }],
    ]);
  });

  it('expects what a correlation names: 1 is not "1"', async () => {
    const expecting = (expect: string): Schedule => ({
      on: { one: { ...flood, correlate: { level: { from: '.data.level', expect } } } },
    });
    const text = await worldOf([on(expecting('1'))]);
    const number = await worldOf([on(expecting('${ 1 }'))]);
    for (const world of [text, number]) {
      await world.publish(event('flood', '1', { level: 1 }));
      await world.publish(event('flood', '2', { level: '1' }));
      await world.publish(event('flood', '3', { level: 2 }));
    }
    expect(await text.inputs()).toEqual([[{ level: '1' }]]);
    expect(await number.inputs()).toEqual([[{ level: 1 }]]);
  });

  it('any until an expression over what came, or until an event', async () => {
    const counted = await worldOf([on({ on: { any: [flood], until: '${ length == 2 }' } })]);
    const ended = await worldOf([on({ on: { any: [flood], until: { one: storm } } })]);
    for (const world of [counted, ended]) {
      for (const id of ['1', '2', '3']) await world.publish(event('flood', id, id));
      await world.publish(event('storm', '4', 'over'));
      await world.publish(event('flood', '5', '5'));
    }
    expect(await counted.inputs()).toEqual([
      ['1', '2'],
      ['3', '5'],
    ]);
    expect(await ended.inputs()).toEqual([['1', '2', '3']]);
  });

  it('keeps half of an `all` over a restart, and takes a repeated event no second time', async () => {
    const documents = [on({ on: { all: [flood, flood] } })];
    const before = await worldOf(documents);
    await before.publish(event('flood', '1', 'one'));
    await before.close();
    const after = await worldOf(documents, { kept: before.kept, real: before.real });
    await after.publish(event('flood', '1', 'one'));
    // Not even when it comes another way, as when a run emits it again after a crash.
    await after.runtime.schedules.offer(workspace, event('flood', '1', 'one'));
    expect(await after.cases()).toEqual([]);
    await after.publish(event('flood', '2', 'two'));
    expect(await after.inputs()).toEqual([['one', 'two']]);
  });

  it('finishes after a crash what was complete, once', async () => {
    const documents = [on({ on: { all: [flood, storm] } })];
    const dead = await worldOf(documents);
    jest.spyOn(dead.runtime.cases.collection, 'insert').mockRejectedValue(new Error('killed'));
    await dead.publish(event('flood', '1', 'f'));
    await expect(dead.publish(event('storm', '2', 's'))).rejects.toThrow('killed');
    await dead.close();
    const next = await worldOf(documents, { kept: dead.kept, real: dead.real });
    expect(await next.inputs()).toEqual([['f', 's']]);
    await next.runtime.schedules.register(workspace);
    await next.runtime.workspaceEvents.resume();
    await next.settle();
    expect(await next.cases()).toHaveLength(1);
  });

  it('hears what runs emit, once also when the emission is repeated', async () => {
    const emitter = workflow(
      'alarm',
      '  - tell: { emit: { event: { with: { source: "https://example.org", type: flood, data: { level: 7 } } } } }',
    );
    const world = await worldOf([emitter, on({ on: { one: flood } })]);
    await world.open('alarm');
    await world.settle();
    const emitted = (await world.inputs())[1];
    expect(emitted).toEqual([{ level: 7 }]);
    const [alarm] = await world.cases();
    await world.runtime.schedules.offer(
      workspace,
      event('flood', `${alarm!.runs[0]!}:/do/0/tell`, { level: 7 }),
    );
    expect(await world.cases()).toHaveLength(2);
  });

  it('bounds what it keeps back', async () => {
    const world = await worldOf([
      on({
        on: {
          all: [
            { ...flood, correlate: region },
            { ...storm, correlate: region },
          ],
        },
      }),
    ]);
    for (let number = 0; number < 205; number += 1)
      await world.publish(event('flood', String(number), { region: number }));
    const [record] = await world.kept.documents
      .collection<{ _id: string; groups: unknown[] }>('schedules')
      .find();
    expect(record!.doc.groups).toHaveLength(200);
    await world.publish(event('storm', 'old', { region: 0 }));
    await world.publish(event('storm', 'new', { region: 204 }));
    expect(await world.inputs()).toEqual([[{ region: 204 }, { region: 204 }]]);
  });
});
