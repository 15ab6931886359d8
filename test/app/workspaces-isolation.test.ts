import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import type { ApiClient, TasksAnswer } from '../../cli/api-client.js';
import type { Case } from '../../contracts/case.js';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { humanTask, listen, writeSmallUseCase } from './small-use-case.js';
import {
  ended,
  lookAt,
  openCase,
  refusalOf,
  startWorkspacesBench,
  taskOf,
  until,
  type WorkspacesBench,
} from './workspaces-bench.js';

let folder: string;
let bench: WorkspacesBench;
let one: WorkspaceView;
let other: WorkspaceView;

beforeAll(async () => {
  folder = await writeSmallUseCase({
    checked: {
      tasks: humanTask('check', ''),
    },
    called: { tasks: listen('back', 'org.govstack.callback.news') },
    heard: { tasks: listen('word', 'org.example.word') },
    slept: { tasks: '  - rest: { wait: P1D }' },
  });
  bench = await startWorkspacesBench({ useCaseFolder: folder });
  one = await bench.create('One');
  other = await bench.create('Other');
}, 60_000);
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

const tara = (workspace?: WorkspaceView): ApiClient => bench.in(workspace?.id).as('tara');

/** The events of a workspace's stream, until what is looked for has come. */
async function streamUntil(workspace: WorkspaceView, wanted: string): Promise<string> {
  const abort = new AbortController();
  const stream = await tara(workspace).stream('/stream?after=0', abort.signal);
  let text = '';
  for await (const chunk of stream) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes(wanted)) break;
  }
  abort.abort();
  return text;
}

describe('two workspaces', () => {
  it('have ids that nobody guesses, and join codes that people can type', () => {
    expect(one.id).toMatch(/^[a-z0-9]{20}$/);
    expect(one.joinCode).toMatch(/^[34679ACDEFGHJKMNPQRTUVWXY]{4}-[34679ACDEFGHJKMNPQRTUVWXY]{4}$/);
    expect(one.url).toBe(`${bench.sandbox().publicUrl}/w/${one.id}`);
    expect(one.id).not.toBe(other.id);
  });

  it('know nothing of the cases, runs and tasks of each other, nor does the default one', async () => {
    const mine = await openCase(bench.in(one.id), 'checked');
    const theirs = await openCase(bench.in(other.id), 'checked');
    expect(mine.number).toBe(theirs.number);
    expect(mine.id).not.toBe(theirs.id);
    const task = await taskOf(bench.in(one.id), mine);
    const { runs } = await lookAt(bench.in(one.id), mine);
    const run = runs[0]!.id;
    for (const elsewhere of [tara(other), tara()]) {
      for (const path of [
        `/cases/${mine.id}`,
        `/runs/${run}`,
        `/runs/${run}/events`,
        `/runs/${run}/exchanges`,
        `/runs/${run}/cloudevents`,
        `/tasks/${task}`,
      ])
        expect([path, (await refusalOf(elsewhere.get(path))).status]).toEqual([path, 404]);
      for (const path of [`/runs/${run}/cancel`, `/tasks/${task}/claim`, `/cases/${mine.id}/events`])
        expect([path, (await refusalOf(elsewhere.post(path, { type: 'org.example.x' }))).status]).toEqual([
          path,
          404,
        ]);
      const { cases } = await elsewhere.get<{ cases: Case[] }>('/cases');
      expect(cases.map(({ id }) => id)).not.toContain(mine.id);
      const { tasks } = await elsewhere.get<TasksAnswer>('/tasks?state=open');
      expect(tasks.map(({ id }) => id)).not.toContain(task);
    }
    await bench
      .in(one.id)
      .as('olga')
      .post(`/tasks/${task}/complete`, { data: { decision: 'approve' } });
    await ended(bench.in(one.id), mine);
    expect((await lookAt(bench.in(other.id), theirs)).runs[0]?.status).toBe('waiting');
  }, 30_000);

  it('have event streams, logs and message logs of their own', async () => {
    const mine = await openCase(bench.in(one.id), 'checked');
    const theirs = await openCase(bench.in(other.id), 'checked');
    const heard = await streamUntil(one, mine.id);
    expect(heard).toContain(mine.id);
    expect(heard).not.toContain(theirs.id);
    expect(heard).not.toContain(other.id);
    await expect(tara(one).get('/message-log')).resolves.toMatchObject({ verification: { holds: true } });
  }, 30_000);

  it('keep block states, faults, bindings and secrets apart', async () => {
    const registries = (workspace: WorkspaceView): ApiClient =>
      bench.in(workspace.id).block('dora', 'financial-institution');
    await tara(one).post('/blocks/financial-institution/faults', { kind: 'error', status: 503 });
    expect((await refusalOf(registries(one).get('/institutions'))).status).toBe(503);
    await expect(registries(other).get('/institutions')).resolves.toBeDefined();
    await expect(tara(other).get('/blocks/financial-institution/faults')).resolves.toEqual({ faults: [] });
    await tara(one).delete('/blocks/financial-institution/faults');

    await bench.in(one.id).as('dora').put('/secrets/key', { value: 'a' });
    await expect(bench.in(other.id).as('dora').get('/secrets')).resolves.toEqual({ secrets: [] });
    await expect(bench.in().as('dora').get('/secrets')).resolves.toEqual({ secrets: [] });
  }, 30_000);

  it('move their clocks without each other', async () => {
    const sleeper = await openCase(bench.in(one.id), 'slept');
    const neighbour = await openCase(bench.in(other.id), 'slept');
    await until('The timer', async () => {
      const clock = await tara(one).get<{ nextTimer: object | null }>('/clock');
      return clock.nextTimer !== null;
    });
    await tara(one).post('/clock', { by: 'P2D' });
    await ended(bench.in(one.id), sleeper);
    expect((await lookAt(bench.in(other.id), neighbour)).runs[0]?.status).not.toBe('completed');
    const [here, there, root] = await Promise.all(
      [tara(one), tara(other), tara()].map((api) => api.get<{ offsetMilliseconds: number }>('/clock')),
    );
    expect(here?.offsetMilliseconds).toBeGreaterThan(86_400_000);
    expect(there?.offsetMilliseconds).toBe(0);
    expect(root?.offsetMilliseconds).toBe(0);
    // The same from outside, for whoever manages it.
    const outside = await tara().get<{ offsetMilliseconds: number }>(`/workspaces/${one.id}/clock`);
    expect(outside.offsetMilliseconds).toBe(here?.offsetMilliseconds);
  }, 30_000);

  it('hear only what is published in them', async () => {
    const mine = await openCase(bench.in(one.id), 'heard');
    const theirs = await openCase(bench.in(other.id), 'heard');
    const event = { specversion: '1.0', id: 'e1', source: 'https://example.org', type: 'org.example.word' };
    await until(
      'The listener',
      async () => (await lookAt(bench.in(one.id), mine)).runs[0]?.status === 'waiting',
    );
    await tara(one).post('/events', { event });
    await ended(bench.in(one.id), mine);
    expect((await lookAt(bench.in(other.id), theirs)).runs[0]?.status).not.toBe('completed');
  }, 30_000);

  it('are called back each at its own address, of which at most 100 characters are needed', async () => {
    const mine = await openCase(bench.in(one.id), 'called');
    const { runs } = await lookAt(bench.in(one.id), mine);
    const { events } = await bench
      .in(one.id)
      .as('dora')
      .get<{ events: { payload?: { metadata?: { callbackUrl: string } } }[] }>(
        `/runs/${runs[0]!.id}/events?payload=true`,
      );
    expect(events[0]?.payload).toBeDefined();
    const address = events[0]?.payload?.metadata?.callbackUrl ?? '';
    const { publicUrl, origin } = bench.sandbox();
    const path = address.slice(publicUrl.length);
    // The longest name that a workflow of the demonstration appends.
    expect(`http://127.0.0.1:4000${path}/account-registered`.length).toBeLessThanOrEqual(100);
    expect(address).not.toContain(one.id);

    const post = (to: string): Promise<number> =>
      fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' }).then(
        ({ status }) => status,
      );
    const [, , , run, token] = path.split('/');
    // Without the tag it is an address of the default workspace, which has no such run.
    expect(await post(`${origin}/cb/${run}/${token}/news`)).toBe(404);
    expect(await post(`${origin}/w/${other.id}/cb/${run}/${token}/news`)).toBe(404);
    expect(await post(`${origin}/cb/nobody/${run}/${token}/news`)).toBe(404);
    expect(await post(`${origin}${path}/news`)).toBe(202);
    await ended(bench.in(one.id), mine);
    expect(await post(`${origin}/w/${one.id}/cb/${run}/${token}/news`)).toBe(202);
  }, 30_000);

  it('have their own addresses in what they say about themselves', async () => {
    const { origin, publicUrl } = bench.sandbox();
    const json = async (path: string): Promise<Record<string, unknown>> =>
      (await (await fetch(`${origin}/w/${one.id}${path}`)).json()) as Record<string, unknown>;
    expect(await json('/api/openapi.json')).toMatchObject({ servers: [{ url: `/w/${one.id}/api/v1` }] });
    expect(await json('/blocks/payments/openapi.json')).toMatchObject({
      servers: [{ url: `/w/${one.id}/blocks/payments` }],
    });
    const discovery = await bench
      .in(one.id)
      .block('dora', 'identity')
      .get<{ issuer: string }>('/.well-known/openid-configuration');
    expect(discovery.issuer).toBe(`${publicUrl}/w/${one.id}/blocks/identity`);
    expect(
      (await fetch(`${origin}/w/${one.id}/blocks/payments/docs`, { redirect: 'manual' })).headers.get(
        'location',
      ),
    ).toBe(`/w/${one.id}/blocks/payments/docs/`);
    const mine = await openCase(bench.in(one.id), 'heard');
    const { runs } = await lookAt(bench.in(one.id), mine);
    const events = await until('A lifecycle event', async () => {
      const answer = await tara(one).get<{ source: string }[]>(`/runs/${runs[0]!.id}/cloudevents`);
      return answer.length > 0 ? answer : undefined;
    });
    expect(events[0]?.source).toBe(`${publicUrl}/w/${one.id}/api/v1/runs/${runs[0]!.id}`);
  }, 30_000);

  it('are answered with 404 where there are none, whatever is asked', async () => {
    const { origin } = bench.sandbox();
    for (const path of [
      '/',
      '/api/v1/cases',
      '/api/docs/',
      '/blocks/payments/docs/',
      '/cb/run-1/x/y',
      '/ready',
    ]) {
      const answer = await fetch(`${origin}/w/aaaaaaaaaaaaaaaaaaaa${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({
        code: 'GSB-REQ-002',
        detail: expect.stringContaining('There is no workspace aaaaaaaaaaaaaaaaaaaa'),
      });
    }
    // Behind a workspace there is no second one, and nothing of the root.
    for (const path of [`/w/${other.id}/ready`, '/auth/me', '/realms/govstack', '/nowhere'])
      expect([
        path,
        (await fetch(`${origin}/w/${one.id}${path}`, { headers: { accept: 'application/json' } })).status,
      ]).toEqual([path, 404]);
  }, 30_000);

  it('are managed by whoever made them, and by administrators', async () => {
    const unknown = await refusalOf(bench.in().as('tara').get('/workspaces/aaaaaaaaaaaaaaaaaaaa'));
    const listed = await tara().get<{ workspaces: WorkspaceView[] }>('/workspaces');
    expect(listed.workspaces.map(({ id }) => id).sort()).toEqual(['default', one.id, other.id].sort());
    await expect(bench.in().as('adam').get(`/workspaces/${one.id}`)).resolves.toMatchObject({
      workspace: { id: one.id },
    });
    const forbidden = await refusalOf(bench.in().as('tom').get(`/workspaces/${one.id}`));
    expect(forbidden.status).toBe(404);
    expect(forbidden.message.replace(one.id, 'X')).toBe(unknown.message.replace(/a{20}/, 'X'));
    const toms = await bench.in().as('tom').get<{ workspaces: WorkspaceView[] }>('/workspaces');
    expect(toms.workspaces.map(({ id }) => id)).toEqual(['default']);
    expect((await refusalOf(bench.in().as('cora').get(`/workspaces/${one.id}`))).status).toBe(403);
  }, 30_000);

  it('let an account that is for one workspace into that one only', async () => {
    // Its claim names a workspace that is not there: no other one lets it in, and none says why.
    for (const access of [bench.in(), bench.in(one.id)]) {
      const refusal = await refusalOf(access.as('wanda').get('/cases'));
      expect(refusal.status).toBe(404);
      expect(refusal.message).toMatch(/^There is no workspace/);
    }
  }, 30_000);
});
