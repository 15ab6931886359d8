import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { streams } from '../../../contracts/streams.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { listenedTypes } from '../../../orchestrator/runtime/listened-types.js';
import { MOST_KEPT } from '../../../orchestrator/runtime/workspace-events.js';
import {
  createScheduleWorld,
  event,
  workflow,
  workspace,
  type ScheduleWorld,
} from './schedules/schedule-world.js';

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

const listens = workflow('listens', '  - hear: { listen: { to: { one: { with: { type: flood } } } } }');
const late = workflow(
  'late',
  '  - rest: { wait: P1D }\n  - hear: { listen: { to: { one: { with: { type: flood } } } } }',
);
const deaf = workflow('deaf', '  - hear: { listen: { to: { one: { with: { type: storm } } } } }');

const inboxOf = async (world: ScheduleWorld, run: string): Promise<number> =>
  world.kept.journal.version(streams.inbox(workspace, run as never));

describe('an event for all', () => {
  it('reaches every run that listens for its type, and no other', async () => {
    const world = await worldOf([listens, late, deaf]);
    const runs = [
      await world.open('listens', 'one'),
      await world.open('listens', 'two'),
      await world.open('late'),
      await world.open('deaf'),
    ];
    await world.settle();
    expect(await world.publish(event('flood', '1', { level: 3 }))).toMatchObject({ reached: 2 });
    await world.settle();
    expect(await Promise.all(runs.map((run) => world.status(run)))).toEqual([
      'completed',
      'completed',
      'waiting',
      'waiting',
    ]);
    expect(await inboxOf(world, runs[3]!)).toBe(0);
    const log = await world.kept.journal.read(streams.log(workspace));
    expect(log.map(({ event: told }) => told)).toContainEqual(
      expect.objectContaining({ type: 'event.published', eventType: 'flood', eventId: '1', by: 'yuki' }),
    );
    expect(JSON.stringify(log)).not.toContain('level');
  });

  it('waits for a listener that comes later: a new run, and one that was busy with something else', async () => {
    const world = await worldOf([listens, late]);
    const busy = await world.open('late');
    await world.settle();
    await world.publish(event('flood', '1'));
    const fresh = await world.open('listens');
    await world.settle();
    expect(await world.status(fresh)).toBe('completed');
    await world.control.change(workspace, { kind: 'by', duration: 'P2D' }, 'yuki');
    expect(await world.status(busy)).toBe('completed');
  });

  it('is gone after seven days of the workspace clock', async () => {
    const world = await worldOf([listens]);
    await world.publish(event('flood', '1'));
    await world.control.change(workspace, { kind: 'by', duration: 'P7D' }, 'yuki');
    const run = await world.open('listens');
    await world.settle();
    expect(await world.status(run)).toBe('waiting');
    // The same source and id is then a new event.
    expect(await world.publish(event('flood', '1'))).toMatchObject({ reached: 1, duplicate: false });
  });

  it('is kept among the latest thousand only', async () => {
    const world = await worldOf([listens]);
    await world.publish(event('flood', 'oldest'));
    const kept = world.kept.documents.collection('events');
    const doc = (await kept.find())[0]!.doc;
    // As if so many had been published since.
    const others = Array.from({ length: MOST_KEPT + 60 }, (_, number) => ({
      ...doc,
      _id: `${workspace}/other-${number}`,
      type: 'rain',
      order: 2 + number,
    }));
    await kept.insertMany(others);
    await world.publish(event('rain', 'newest'));
    expect(await kept.count()).toBe(MOST_KEPT);
    const run = await world.open('listens');
    await world.settle();
    expect(await world.status(run)).toBe('waiting');
  });

  it('is handed to a run once, however often the run stands at a listener', async () => {
    const twice = workflow(
      'twice',
      [1, 2]
        .map((turn) => `  - hear${turn}: { listen: { to: { one: { with: { type: flood } } } } }`)
        .join('\n'),
    );
    const world = await worldOf([twice]);
    await world.publish(event('flood', '1'));
    const run = await world.open('twice');
    await world.settle();
    expect(await world.status(run)).toBe('waiting');
    await world.publish(event('flood', '1'));
    await world.settle();
    expect(await world.status(run)).toBe('waiting');
    expect(await inboxOf(world, run)).toBe(1);
    await world.publish(event('flood', '2'));
    await world.settle();
    expect(await world.status(run)).toBe('completed');
  });

  it('reaches a suspended run when it is resumed', async () => {
    const world = await worldOf([listens]);
    const run = await world.open('listens');
    await world.settle();
    await world.runtime.signals.send(workspace, run as never, { kind: 'suspend', id: 's' });
    await world.settle();
    await world.publish(event('flood', '1'));
    await world.settle();
    expect(await world.status(run)).toBe('suspended');
    await world.runtime.signals.send(workspace, run as never, { kind: 'resume', id: 'r' });
    await world.settle();
    expect(await world.status(run)).toBe('completed');
  });

  it('reaches those that a crash kept it from, and nobody twice', async () => {
    const dead = await worldOf([listens]);
    const first = await dead.open('listens', 'one');
    await dead.open('listens', 'two');
    await dead.settle();
    const send = dead.runtime.signals.send.bind(dead.runtime.signals);
    jest
      .spyOn(dead.runtime.signals, 'send')
      .mockImplementationOnce(send)
      .mockRejectedValue(new Error('killed'));
    await expect(dead.publish(event('flood', '1'))).rejects.toThrow('killed');
    await dead.settle();
    await dead.close();
    const next = await worldOf([listens], { kept: dead.kept, real: dead.real });
    await next.settle();
    const runs = (await next.cases()).map(({ runs: [run] }) => run!);
    expect(await Promise.all(runs.map((run) => next.status(run)))).toEqual(['completed', 'completed']);
    expect(await inboxOf(next, first)).toBe(1);
  });
});

describe('the event types that a workflow listens for', () => {
  it.each([
    ['one: { with: { type: a } }', ['a']],
    ['all: [{ with: { type: a } }, { with: { type: b } }]', ['a', 'b']],
    ['any: [{ with: { type: a } }, { with: { source: x } }]', 'any'],
    ['any: []', 'any'],
    ['one: { with: { type: "${ . == 1 }" } }', 'any'],
  ])('are read off its document: %s', (to, types) => {
    const document = workflow('w', `  - outer: { do: [{ hear: { listen: { to: { ${to} } } } }] }`);
    const found = listenedTypes(document);
    expect(found === 'any' ? found : [...found]).toEqual(types);
  });
});
