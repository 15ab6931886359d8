import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import { readConfig } from '../../app/config.js';
import { pause } from '../../cli/real-clock.js';
import { freePort } from '../../cli/free-port.js';
import { openSession, type Session } from '../../cli/session.js';
import type { Case } from '../../contracts/case.js';
import type { HumanTask } from '../../contracts/human-task.js';
import { silentLogger } from '../../contracts/logger.js';
import type { Run } from '../../contracts/run.js';
import { signCallback } from '../../mocks/kit/callback-signature.js';
import { loadWorkflow } from '../../orchestrator/definition/load-workflow.js';
import { humanTask, listen, writeSmallUseCase } from './small-use-case.js';

const schedulable = acceptsSchedules();
let folder: string;
let dataDir: string;
let port: number;
let session: Session;

async function start(): Promise<void> {
  session = await openSession(readConfig({}, { port, dataDir }), silentLogger, folder);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  port = await freePort();
  folder = await writeSmallUseCase({
    check: { tasks: humanTask('check', 'due: P3D, escalate: { after: due, to: administrator }') },
    rest: { tasks: '  - rest: { wait: P30D }' },
    hear: { tasks: listen('hear', 'org.example.flood') },
    // Says through the mediator what the event said that it waited for.
    tell: {
      tasks: `  - say:
      call: openapi
      with:
        document: { endpoint: 'govstack://events/openapi.json' }
        operationId: publishEvent
        parameters: { eventType: org.example.flood, body: { eventType: org.example.flood, event: { region: coast } } }`,
    },
    // Filled in with a schedule as soon as documents may have one.
    report: {
      tasks: '  - nothing: { set: { done: true } }',
      ...(schedulable ? { more: 'schedule: { every: P1W }\n' } : {}),
    },
  });
  await start();
}, 60_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function send(
  as: string | undefined,
  method: 'get' | 'post',
  path: string,
  body?: object,
): Promise<Response> {
  const asked = request(session.sandbox.origin)[method](`/api/v1${path}`);
  if (as !== undefined) asked.set('authorization', `Bearer ${await tokenOf(as)}`);
  return body === undefined ? asked : asked.send(body);
}

async function tokenOf(username: string): Promise<string> {
  const response = await request(session.sandbox.origin)
    .post('/realms/govstack/protocol/openid-connect/token')
    .type('form')
    .send({ grant_type: 'password', client_id: 'sandbox-cli', username, password: username });
  return (response.body as { access_token: string }).access_token;
}

async function open(kind: string, as = 'tara'): Promise<{ case: Case; runId: string }> {
  const response = await send(as, 'post', '/cases', { useCase: 'small', kind, input: {} });
  expect(response.status).toBe(201);
  return response.body as { case: Case; runId: string };
}

/** Until a run waits, or has ended. */
async function standing(runId: string): Promise<Run> {
  for (let looks = 0; looks < 500; looks += 1) {
    const { run } = (await send('tara', 'get', `/runs/${runId}`)).body as { run: Run };
    if (run.status !== 'pending' && (await session.quiet())) return run;
    await pause(20);
  }
  throw new Error(`${runId} does not come to rest`);
}

const flood = (id: string): object => ({
  specversion: '1.0',
  id,
  source: 'https://example.org/weather',
  type: 'org.example.flood',
  data: { region: 'hills' },
});

interface Clock {
  readonly now: string;
  readonly state: string;
  readonly offset: string;
  readonly nextTimer: {
    readonly due: string;
    readonly kind: string;
    readonly what: string;
    readonly case?: object;
  } | null;
  readonly fired?: number;
}
const clock = async (body?: object): Promise<Clock> =>
  (await send('tara', body === undefined ? 'get' : 'post', '/clock', body)).body as Clock;

describe('the clock, through the API', () => {
  it('is told to anybody, and moved by trainers only', async () => {
    const told = await send(undefined, 'get', '/clock');
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({ state: 'running', offset: 'P0DT0H0M0S' });
    expect((await send(undefined, 'post', '/clock', { by: 'P1D' })).status).toBe(401);
    expect((await send('olga', 'post', '/clock', { by: 'P1D' })).status).toBe(403);
    expect((await send('tara', 'post', '/clock', { by: 'P1D', freeze: true })).status).toBe(400);
  });

  it('is frozen, moved and let go; waits count from where it stands; a restart changes nothing', async () => {
    const frozen = await clock({ freeze: true });
    expect(frozen.state).toBe('frozen');
    const { runId } = await open('rest');
    await standing(runId);
    const { now, nextTimer } = await clock();
    expect(now).toBe(frozen.now);
    if (!schedulable) {
      const due = new Date(Date.parse(now) + 30 * 86_400_000).toISOString();
      expect(nextTimer).toMatchObject({ due, kind: 'run', what: `rest of ${runId}` });
      expect(nextTimer?.case).toEqual({
        useCase: 'small',
        kind: 'rest',
        number: expect.stringMatching(/\d{6}$/),
      });
    }
    await session.close();
    await start();
    expect(await clock()).toMatchObject({ now: frozen.now, state: 'frozen' });
    const moved = await clock({ by: 'P31D' });
    expect(moved).toMatchObject({ state: 'frozen', fired: schedulable ? 5 : 1 });
    expect((await standing(runId)).status).toBe('completed');
    const going = await clock({ unfreeze: true });
    expect(going.state).toBe('running');
    expect(going.offset).toMatch(/^P3[01]DT/);
    expect(Date.parse((await clock()).now)).toBeGreaterThanOrEqual(Date.parse(moved.now));
  }, 60_000);

  it('goes no way back, and one way at a time', async () => {
    expect((await send('tara', 'post', '/clock', { to: '2020-01-01T00:00:00Z' })).status).toBe(409);
    const both = await Promise.all([clock({ by: 'P1D' }), send('tara', 'post', '/clock', { by: 'P1D' })]);
    // Whether they meet is luck; that neither fails otherwise is not.
    expect([200, 409]).toContain(both[1].status);
  });
});

(schedulable ? describe : describe.skip)('a schedule, through the API', () => {
  it('opens a case each week, in order, and begins anew when the workspace is reset', async () => {
    const count = async (): Promise<number> =>
      ((await send('tara', 'get', '/cases?kind=report')).body as { cases: Case[] }).cases.length;
    const before = await count();
    await clock({ by: 'P2M' });
    expect((await count()) - before).toBeGreaterThanOrEqual(8);
    expect((await send('tara', 'post', '/reset')).status).toBe(204);
    expect(await count()).toBe(0);
    await clock({ by: 'P7D' });
    expect(await count()).toBe(1);
  }, 60_000);
});

describe('a human task that nobody does', () => {
  it('goes to another role at its due date, and says so', async () => {
    const { runId } = await open('check');
    await standing(runId);
    const listed = async (as: string): Promise<readonly HumanTask[]> =>
      ((await send(as, 'get', '/tasks?state=open')).body as { tasks: HumanTask[] }).tasks;
    const [task] = await listed('olga');
    expect(task).toMatchObject({ role: 'case-officer', escalation: { at: task!.due, to: 'administrator' } });
    // The alarm survives the process.
    await session.close();
    await start();
    await clock({ to: task!.due! });
    expect(await listed('olga')).toEqual([]);
    const [moved] = await listed('adam');
    expect(moved).toMatchObject({
      id: task!.id,
      role: 'administrator',
      escalatedFrom: 'case-officer',
      escalatedAt: task!.due,
    });
    expect(
      (await send('olga', 'post', `/tasks/${task!.id}/complete`, { data: { decision: 'approve' } })).status,
    ).toBe(403);
    expect(
      (await send('adam', 'post', `/tasks/${task!.id}/complete`, { data: { decision: 'approve' } })).status,
    ).toBe(200);
    expect((await standing(runId)).status).toBe('completed');
  }, 60_000);
});

describe('events, through the API', () => {
  it('reach all who listen, also those who come later, also after a restart', async () => {
    const early = await open('hear');
    await standing(early.runId);
    const published = await send('dora', 'post', '/events', { event: flood('1') });
    expect(published.status).toBe(202);
    expect(published.body).toEqual({ id: '1', reached: 1, started: 0, duplicate: false });
    expect((await standing(early.runId)).status).toBe('completed');
    expect((await send('adam', 'post', '/events', { event: flood('1') })).body).toMatchObject({
      duplicate: true,
    });
    await session.close();
    await start();
    const late = await open('hear');
    expect((await standing(late.runId)).status).toBe('completed');
  }, 60_000);

  it('go to one run, or to the runs of a case', async () => {
    await send('tara', 'post', '/reset');
    const [one, other] = [await open('hear'), await open('hear')];
    await standing(one.runId);
    await standing(other.runId);
    const toRun = await send('tara', 'post', '/events', { event: flood('2'), to: { run: one.runId } });
    expect(toRun.body).toMatchObject({ reached: 1 });
    expect((await standing(one.runId)).status).toBe('completed');
    expect((await standing(other.runId)).status).toBe('waiting');
    expect(
      (await send('tara', 'post', '/events', { event: flood('3'), to: { run: one.runId } })).status,
    ).toBe(409);
    await send('tara', 'post', '/events', { event: flood('4'), to: { case: other.case.id } });
    expect((await standing(other.runId)).status).toBe('completed');
    for (const to of [{ run: 'run-unknown' }, { case: 'case-unknown' }])
      expect((await send('tara', 'post', '/events', { event: flood('5'), to })).status).toBe(404);
  }, 60_000);

  it('are published by those who operate the sandbox; a citizen speaks in the own case only', async () => {
    for (const as of ['cora', 'olga'])
      expect((await send(as, 'post', '/events', { event: flood('6') })).status).toBe(403);
    expect((await send(undefined, 'post', '/events', { event: flood('6') })).status).toBe(401);
    const own = await open('hear', 'cora');
    const said = { type: 'org.govstack.case.note' };
    expect((await send('cora', 'post', `/cases/${own.case.id}/events`, said)).status).toBe(202);
    expect((await send('carl', 'post', `/cases/${own.case.id}/events`, said)).status).toBe(404);
  });

  it.each([
    ['no event', {}],
    ['no id', { event: { ...flood(''), id: undefined } }],
    ['an empty id', { event: flood('') }],
    ['no source', { event: { ...flood('7'), source: undefined } }],
    ['no type', { event: { ...flood('7'), type: undefined } }],
    ['another version', { event: { ...flood('7'), specversion: '0.3' } }],
    ['a long name', { event: { ...flood('7'), anameofmorethantwentyletters: 'x' } }],
    ['an upper-case name', { event: { ...flood('7'), Extension: 'x' } }],
    ['an extension that is an object', { event: { ...flood('7'), extension: {} } }],
    ['a time that is none', { event: { ...flood('7'), time: 'yesterday' } }],
    ['two addresses', { event: flood('7'), to: { run: 'run-1', case: 'case-1' } }],
  ])('are refused with %s', async (_what, body) => {
    const refused = await send('tara', 'post', '/events', body);
    expect(refused.status).toBe(400);
    expect(refused.type).toBe('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'GSB-REQ-001' });
  });

  it('are refused when they are larger than 64 KiB', async () => {
    const event = { ...flood('8'), data: 'é'.repeat(40_000) };
    expect((await send('tara', 'post', '/events', { event })).body).toMatchObject({ code: 'GSB-REQ-004' });
  });
});

describe('an event of a room of the mediator', () => {
  const root = '/r1/SANDBOX/GOV/TEST/ROOM';
  const ask = async (method: 'get' | 'post', path: string, body?: object, as = 'dora'): Promise<Response> => {
    const agent = request(session.sandbox.origin);
    const asked = (method === 'get' ? agent.get(`${root}${path}`) : agent.post(`${root}${path}`))
      .set('x-govstack-client', 'SANDBOX/GOV/TEST/ROOM')
      .set('authorization', `Bearer ${await tokenOf(as)}`);
    return body === undefined ? asked : asked.send(body);
  };
  const type = { eventType: 'org.example.flood', schema: { type: 'object', required: ['region'] } };

  it('reaches the workflows that listen, whoever published it', async () => {
    await send('tara', 'post', '/reset');
    expect((await ask('post', '/api/v1/eventType', type, 'cora')).status).toBe(401);
    expect((await ask('post', '/api/v1/eventType', type)).status).toBe(200);
    const [one, other] = [await open('hear'), await open('hear')];
    await standing(one.runId);
    await standing(other.runId);
    const event = { eventType: 'org.example.flood', event: { region: 'hills' } };
    const published = await ask('post', '/pub/v1/org.example.flood', event);
    expect(published.status).toBe(201);
    expect((await standing(one.runId)).status).toBe('completed');
    expect((await standing(other.runId)).status).toBe('completed');
    await send('tara', 'post', '/reset');
    expect((await ask('get', '/api/v1/eventType')).status).toBe(204);
    await ask('post', '/api/v1/eventType', type);
    const third = await open('hear');
    await standing(third.runId);
    const { runId } = await open('tell');
    expect(await standing(runId)).toMatchObject({ status: 'completed' });
    expect((await standing(third.runId)).status).toBe('completed');
    const records = await send('tara', 'get', `/runs/${third.runId}/events?payload=true`);
    expect(JSON.stringify(records.body)).toContain('SANDBOX/GOV/TEST/SMALL');
    const { exchanges } = (await send('tara', 'get', `/runs/${runId}/exchanges`)).body as {
      exchanges: unknown[];
    };
    expect(exchanges).toHaveLength(1);
  }, 60_000);
});

describe('a callback', () => {
  const post = async (path: string): Promise<Response> =>
    request(session.sandbox.origin).post(path).send({ done: true });

  it('is answered alike for a wrong token, an unknown run and a name that is no run', async () => {
    const { runId } = await open('hear');
    const token = 'A'.repeat(16);
    const refused = [
      await post(`/cb/${runId}/${token}/done`),
      await post(`/cb/${runId}/x/done`),
      await post(`/cb/run-unknown/${token}/done`),
      await post(`/cb/${encodeURIComponent('no run!')}/${token}/done`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    // Each answer names its own request, and says nothing else that differs.
    const said = refused.map(({ body }) => ({ ...(body as object), correlation: '' }));
    for (const body of said) expect(body).toEqual(said[0]);
  });

  it('is taken with the right token, and the same body again is the same event', async () => {
    const { runId } = await open('hear');
    await standing(runId);
    const records = await send('tara', 'get', `/runs/${runId}/events?payload=true`);
    const { events } = records.body as { events: { payload?: { metadata?: { callbackUrl: string } } }[] };
    const path = new URL(events[0]!.payload!.metadata!.callbackUrl).pathname;
    for (let times = 0; times < 3; times += 1) expect((await post(`${path}/done`)).status).toBe(202);
    await standing(runId);
    const after = (await send('tara', 'get', `/runs/${runId}/events?payload=true`)).body as {
      events: { event: { type: string }; payload?: { id?: string } }[];
    };
    const received = after.events.filter(({ payload }) => payload?.id?.includes('/callbacks:') ?? false);
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ payload }) => payload!.id)).size).toBe(1);
  });

  it('with a signature of ours is taken only when it fits, by the key before a rotation too; others are passed over', async () => {
    const { runId } = await open('hear');
    await standing(runId);
    const records = await send('tara', 'get', `/runs/${runId}/events?payload=true`);
    const { events } = records.body as { events: { payload?: { metadata?: { callbackUrl: string } } }[] };
    const path = new URL(events[0]!.payload!.metadata!.callbackUrl).pathname;
    const text = '{ "done":   true }';
    const signed = async (secret: string, body = text): Promise<number> => {
      const answer = await request(session.sandbox.origin)
        .post(`${path}/done`)
        .set('x-sandbox-signature', signCallback([secret], new Date(), text))
        .type('json')
        .send(body);
      return answer.status;
    };
    const keys = (await send('dora', 'get', '/callback-keys')).body as { keys: { secret: string }[] };
    const [{ secret: first }] = keys.keys as [{ secret: string }];
    const elsewhere = await signed('the key of another installation');
    expect([await signed(first), elsewhere, await signed(first, '{}')]).toEqual([202, 202, 400]);
    expect((await send('dora', 'post', '/callback-keys/rotate')).status).toBe(200);
    const after = (await send('dora', 'get', '/callback-keys')).body as { keys: { secret: string }[] };
    expect(after.keys[0]!.secret).not.toBe(first);
    expect([await signed(after.keys[0]!.secret), await signed(first)]).toEqual([202, 202]);
  });
});

function acceptsSchedules(): boolean {
  try {
    loadWorkflow(
      'document: { dsl: 1.0.3, namespace: a, name: a, version: 1.0.0 }\nschedule: { every: P1W }\ndo: [{ a: { set: { n: 1 } } }]',
      'a.yaml',
    );
    return true;
  } catch {
    return false;
  }
}
