import { afterEach, describe, expect, it } from '@jest/globals';
import { runIdSchema } from '../../../contracts/ids.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import { createLifecycleViews } from '../../../orchestrator/runtime/lifecycle/lifecycle-views.js';
import type { BlockCallAnswer } from '../../../orchestrator/runtime/block-call.js';
import { workflow } from '../engine/workflow-text.js';
import { call, createWorld, workspace } from './world.js';

const API = 'http://sandbox.example/api/v1';
type Made = Awaited<ReturnType<typeof createWorld>>;
const worlds: Made[] = [];
async function world(options: Parameters<typeof createWorld>[0]): Promise<Made> {
  const made = await createWorld(options);
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const viewsOf = (of: Made): ReturnType<typeof createLifecycleViews> =>
  createLifecycleViews({ journal: of.kept.journal, api: () => API });
const eventsOf = (of: Made, run: string): Promise<readonly CloudEvent[]> =>
  viewsOf(of).of(workspace, runIdSchema.parse(run));

/** `workflow.started`, `task.created first`: short enough to be read. */
const short = (events: readonly CloudEvent[]): string[] =>
  events.map(({ type, subject }) => {
    const what = type.replace('io.serverlessworkflow.', '').replace(/\.v1$/, '');
    return subject === undefined ? what : `${what} ${subject.split('/').at(-1)}`;
  });
const after = (events: readonly CloudEvent[], first: string): string[] => {
  const all = short(events);
  return all.slice(all.indexOf(first));
};
const signal = async (of: Made, run: string, kind: 'suspend' | 'resume' | 'cancel'): Promise<void> => {
  const id = `${kind}-${Math.trunc(performance.now() * 1000)}`;
  const by = kind === 'cancel' ? { kind, id, reason: 'test' } : { kind, id };
  await of.runtime.signals.send(workspace, runIdSchema.parse(run), by);
  await of.settle();
};
const failure: BlockCallAnswer = {
  kind: 'answered',
  status: 500,
  headers: {},
  body: {},
  request: { method: 'POST', uri: 'x' },
};

describe('the lifecycle of a run as CloudEvents', () => {
  it('tells every transition of a run that completes, as the specification names it', async () => {
    const here = await world({ documents: [workflow(`${call('pay')}\n  - note: { set: { a: 1 } }`)] });
    const { runId } = await here.open();
    await here.settle();
    const events = await eventsOf(here, runId);
    expect(short(events)).toEqual([
      'workflow.started',
      'task.created pay',
      'task.started pay',
      'task.completed pay',
      'task.created note',
      'task.started note',
      'task.completed note',
      'workflow.completed',
    ]);
    const time = '2026-01-01T00:00:00.000Z';
    const source = `${API}/runs/${runId}`;
    expect(events[0]).toEqual({
      specversion: '1.0',
      id: `${runId}.2.0`,
      source,
      type: 'io.serverlessworkflow.workflow.started.v1',
      time,
      datacontenttype: 'application/json',
      data: {
        name: `test-${runId}.test`,
        definition: { namespace: 'test', name: 'test', version: '1.0.0' },
        startedAt: time,
      },
    });
    expect(events[3]).toEqual({
      specversion: '1.0',
      id: `${runId}.4.0`,
      source,
      type: 'io.serverlessworkflow.task.completed.v1',
      time,
      subject: '/do/0/pay',
      datacontenttype: 'application/json',
      data: {
        workflow: `test-${runId}.test`,
        task: '/do/0/pay',
        completedAt: time,
        outputUri: `${source}/events?after=3&limit=1&payload=true`,
      },
    });
    expect(events.at(-1)?.data).toMatchObject({ outputUri: expect.stringContaining(source) });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(await eventsOf(here, runId)).toEqual(events);
  });

  it('tells no payload', async () => {
    const here = await world({
      documents: [workflow(`\n  - note: { set: { secret: '\${ .secret }' } }`)],
    });
    const { runId } = await here.open({ secret: 'personal-data' });
    await here.settle();
    expect(JSON.stringify(await eventsOf(here, runId))).not.toContain('personal-data');
  });

  it('tells the correlation of a listen task', async () => {
    const here = await world({
      documents: [workflow(`\n  - hear: { listen: { to: { one: { with: { type: told } } } } }`)],
    });
    const { runId } = await here.open();
    await here.settle();
    expect(short(await eventsOf(here, runId)).at(-1)).toBe('workflow.correlation-started');
    await here.runtime.events.deliver(workspace, runIdSchema.parse(runId), {
      specversion: '1.0',
      id: '1',
      source: 'x',
      type: 'told',
    });
    await here.settle();
    expect(after(await eventsOf(here, runId), 'workflow.correlation-started')).toEqual([
      'workflow.correlation-started',
      'workflow.correlation-completed',
      'task.completed hear',
      'workflow.completed',
    ]);
  });

  it('suspends, resumes and cancels the tasks with the workflow', async () => {
    const here = await world({
      documents: [workflow(`\n  - outer: { do: [{ pause: { wait: P1D } }] }`)],
    });
    const { runId } = await here.open();
    await here.settle();
    await signal(here, runId, 'suspend');
    await signal(here, runId, 'resume');
    await signal(here, runId, 'cancel');
    expect(after(await eventsOf(here, runId), 'workflow.suspended')).toEqual([
      'workflow.suspended',
      'task.suspended outer',
      'task.suspended pause',
      'workflow.resumed',
      'task.resumed outer',
      'task.resumed pause',
      'task.cancelled pause',
      'task.cancelled outer',
      'workflow.cancelled',
    ]);
  });

  it('tells faults with their errors, and what a resumed run tries again', async () => {
    let down = true;
    const here = await world({
      documents: [workflow(call('pay'))],
      answer: () => (down ? failure : { ...failure, status: 200 }),
    });
    const { runId } = await here.open();
    await here.settle();
    down = false;
    await signal(here, runId, 'resume');
    const events = await eventsOf(here, runId);
    expect(after(events, 'task.faulted pay')).toEqual([
      'task.faulted pay',
      'workflow.faulted',
      'workflow.resumed',
      'task.retried pay',
      'task.completed pay',
      'workflow.completed',
    ]);
    const error = { status: 500, instance: '/do/0/pay' };
    expect(events.find(({ type }) => type.includes('task.faulted'))?.data).toMatchObject({ error });
    expect(events.find(({ type }) => type.includes('workflow.faulted'))?.data).toMatchObject({ error });
  });

  it('tells the retries of a try task', async () => {
    const here = await world({
      documents: [
        workflow(`
  - patient:
      try: [{ note: { raise: { error: { type: 'https://x.example/e', status: 500, title: x } } } }]
      catch: { retry: { delay: PT1S, limit: { attempt: { count: 1 } } }, do: [{ give: { set: { given: up } } }] }`),
      ],
    });
    const { runId } = await here.open();
    await here.settle();
    const [retried] = (await eventsOf(here, runId)).filter(({ type }) => type.includes('retried'));
    expect(retried).toMatchObject({
      subject: '/do/0/patient',
      data: { task: '/do/0/patient', retriedAt: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('cancels what the end of a task leaves unfinished below it', async () => {
    const here = await world({
      documents: [
        workflow(`
  - race:
      fork:
        compete: true
        branches:
          - slow: { wait: P1D }
          - quick: { set: { won: true } }`),
      ],
    });
    const { runId } = await here.open();
    await here.settle();
    expect(after(await eventsOf(here, runId), 'task.created quick')).toEqual([
      'task.created quick',
      'task.started quick',
      'task.completed quick',
      'task.cancelled slow',
      'task.completed race',
      'workflow.completed',
    ]);
  });

  it('completes the tasks around one that says end, and tells nothing of one that is skipped', async () => {
    const here = await world({
      documents: [
        workflow(`
  - never: { if: 'false', set: { n: 1 } }
  - outer: { do: [{ last: { set: { n: 1 }, then: end } }] }`),
      ],
    });
    const { runId } = await here.open();
    await here.settle();
    expect(short(await eventsOf(here, runId))).toEqual([
      'workflow.started',
      'task.created outer',
      'task.started outer',
      'task.created last',
      'task.started last',
      'task.completed last',
      'task.completed outer',
      'workflow.completed',
    ]);
  });

  it('tells of a run that is run again only what happens in it', async () => {
    const here = await world({ documents: [workflow(`${call('first')}${call('second')}`)] });
    const { runId } = await here.open();
    await here.settle();
    const again = await here.runtime.runAgain({
      workspace,
      run: runIdSchema.parse(runId),
      from: '/do/1/second',
    });
    await here.settle();
    expect(short(await eventsOf(here, again))).toEqual([
      'workflow.started',
      'task.created second',
      'task.started second',
      'task.completed second',
      'workflow.completed',
    ]);
  });

  it('tells a follower the same, also one that comes in the middle', async () => {
    const here = await world({
      documents: [workflow(`\n  - outer: { do: [{ pause: { wait: P1D } }] }`)],
    });
    const { runId } = await here.open();
    await here.settle();
    await signal(here, runId, 'suspend');
    await signal(here, runId, 'cancel');
    const stream = `${workspace}/run/${runId}`;
    const records = (await here.kept.journal.read(stream)).map((record) => ({
      ...record,
      stream,
      position: String(record.seq),
    }));
    const all = await eventsOf(here, runId);
    for (const from of [0, 3]) {
      const follow = viewsOf(here).follower();
      const told: CloudEvent[] = [];
      for (const record of records.slice(from)) told.push(...(await follow(record)));
      const seen = (event: CloudEvent): boolean => Number(event.id.split('.')[1]) > from;
      expect(told).toEqual(all.filter(seen));
    }
    const follow = viewsOf(here).follower();
    expect(await follow({ seq: 1, position: '9', stream: `${workspace}/log`, event: {} })).toEqual([]);
  });
});
