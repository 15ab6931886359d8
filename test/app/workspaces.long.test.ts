import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ApiClient } from '../../cli/api-client.js';
import { openStorage } from '../../infra/storage.js';
import { silentLogger } from '../../contracts/logger.js';
import type { SnapshotView, WorkspaceView } from '../../contracts/workspace.js';
import { humanTask, listen, writeSmallUseCase } from './small-use-case.js';
import {
  ended,
  leftOf,
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
const real = { ahead: 0 };

beforeAll(async () => {
  folder = await writeSmallUseCase({
    checked: { tasks: humanTask('check', '') },
    called: { tasks: listen('back', 'org.govstack.callback.news') },
    slept: { tasks: `  - rest: { wait: P1D }\n${humanTask('check', '')}` },
  });
  bench = await startWorkspacesBench({
    useCaseFolder: folder,
    realClock: { now: () => new Date(Date.now() + real.ahead) },
  });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

const tara = (workspace?: Pick<WorkspaceView, 'id'>): ApiClient => bench.in(workspace?.id).as('tara');
const complete = async (room: WorkspaceView, task: string): Promise<void> => {
  await bench
    .in(room.id)
    .as('olga')
    .post(`/tasks/${task}/complete`, { data: { decision: 'approve' } });
};
const waitsForDate = (room: WorkspaceView): Promise<unknown> =>
  until(
    'The timer',
    async () => (await tara(room).get<{ nextTimer: object | null }>('/clock')).nextTimer ?? false,
  );

describe('a workspace', () => {
  it('is found by its join code, however it is typed; guessing is slowed down and then refused', async () => {
    const room = await bench.create('Room to join');
    const join = async (
      code: string,
    ): Promise<{ status: number; body: Record<string, unknown>; retry: string | null }> => {
      const answer = await fetch(`${bench.sandbox().origin}/api/v1/workspaces/join`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
      const body = (await answer.json()) as Record<string, unknown>;
      return { status: answer.status, body, retry: answer.headers.get('retry-after') };
    };
    const right = room.joinCode ?? '';
    expect(await join(right.toLowerCase().replace('-', ' '))).toMatchObject({
      status: 200,
      body: { id: room.id, url: room.url, title: 'Room to join' },
    });
    expect((await join('nonsense!')).status).toBe(400);
    const wrong = await Promise.all(Array.from({ length: 8 }, () => join('AAAA-AAAA')));
    expect(wrong.map(({ status }) => status).sort()).toEqual([404, 404, 404, 404, 404, 429, 429, 429]);
    const refused = await join(right);
    expect(refused).toMatchObject({ status: 429, body: { code: 'GSB-REQ-005' } });
    expect(Number(refused.retry)).toBeGreaterThan(0);
    real.ahead += 61_000;
    expect((await join(right)).status).toBe(200);
  }, 30_000);

  it('is changed, never beyond what the installation allows', async () => {
    const room = await bench.create('Room', { limits: { runs: 1 }, locale: 'ar' });
    expect(room).toMatchObject({ limits: { runs: 1 }, locale: 'ar', seed: 'default' });
    await openCase(bench.in(room.id), 'checked');
    expect(await refusalOf(openCase(bench.in(room.id), 'checked'))).toMatchObject({ code: 'GSB-RUN-005' });
    const body = { title: 'Hall', limits: { runs: 50_001 } };
    const change = (what: object): Promise<Response> =>
      fetch(`${bench.sandbox().origin}/api/v1/workspaces/${room.id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(what),
      });
    const token = await bench.in().tokenOf('tara');
    const refused = await change(body);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(await refused.json())).toContain('limits.runs: 50001 is more than the 50000');
    expect(await (await change({ title: 'Hall', limits: {} })).json()).toMatchObject({
      workspace: { title: 'Hall', limits: {} },
    });
    expect((await change({ expiresAt: '2001-01-01T00:00:00Z' })).status).toBe(400);
  }, 30_000);

  it('is reset without waiting for the others, and takes nothing of its former life along', async () => {
    const busy = await bench.create('Busy');
    const room = await bench.create('Room');
    const waiting = await openCase(bench.in(busy.id), 'checked');
    await taskOf(bench.in(busy.id), waiting);
    const mine = await openCase(bench.in(room.id), 'checked');
    await taskOf(bench.in(room.id), mine);
    await bench.in(room.id).as('dora').put('/secrets/key', { value: 'a' });
    await tara().post(`/workspaces/${room.id}/reset`);
    expect((await refusalOf(lookAt(bench.in(room.id), mine))).status).toBe(404);
    await expect(bench.in(room.id).as('dora').get('/secrets')).resolves.toEqual({ secrets: ['key'] });
    await complete(busy, await taskOf(bench.in(busy.id), waiting));
    await ended(bench.in(busy.id), waiting);
    const again = await openCase(bench.in(room.id), 'checked');
    expect(again.number).toBe(mine.number);
    await complete(room, await taskOf(bench.in(room.id), again));
    await ended(bench.in(room.id), again);
  }, 30_000);

  it('is put back to what it was while a run waited, as often as one likes', async () => {
    const room = await bench.create('Room');
    const waiting = await openCase(bench.in(room.id), 'checked');
    const sleeping = await openCase(bench.in(room.id), 'slept');
    const task = await taskOf(bench.in(room.id), waiting);
    await waitsForDate(room);
    await tara(room).post('/blocks/payments/faults', { kind: 'outage' });
    await tara(room).post('/clock', { freeze: true });
    const before = await tara(room).get<{ now: string }>('/clock');
    const taken = await tara().post<{ snapshot: SnapshotView }>(`/workspaces/${room.id}/snapshots`, {
      name: 'waiting',
    });
    expect(taken.snapshot).toMatchObject({ takenBy: 'tara', workspaceTime: before.now });
    expect(
      await refusalOf(tara().post(`/workspaces/${room.id}/snapshots`, { name: 'waiting' })),
    ).toMatchObject({
      code: 'GSB-REQ-003',
    });
    for (const _time of [1, 2]) {
      await complete(room, task);
      await ended(bench.in(room.id), waiting);
      await tara(room).post('/clock', { by: 'P2D' });
      const late = await taskOf(bench.in(room.id), sleeping);
      await tara(room).delete('/blocks/payments/faults');
      const extra = await openCase(bench.in(room.id), 'checked');
      await tara().post(`/workspaces/${room.id}/snapshots/waiting/restore`);

      expect((await refusalOf(lookAt(bench.in(room.id), extra))).status).toBe(404);
      expect((await refusalOf(tara(room).get(`/tasks/${late}`))).status).toBe(404);
      expect((await lookAt(bench.in(room.id), waiting)).runs[0]?.status).toBe('waiting');
      await expect(tara(room).get('/clock')).resolves.toMatchObject({ now: before.now, state: 'frozen' });
      await expect(tara(room).get('/blocks/payments/faults')).resolves.toMatchObject({
        faults: [{ kind: 'outage' }],
      });
    }
    // What waited then goes on from there: the person, and the date.
    await complete(room, task);
    await ended(bench.in(room.id), waiting);
    await tara(room).post('/clock', { next: true });
    await complete(room, await taskOf(bench.in(room.id), sleeping));
    await ended(bench.in(room.id), sleeping);
    await tara().delete(`/workspaces/${room.id}/snapshots/waiting`);
    await expect(tara().get(`/workspaces/${room.id}/snapshots`)).resolves.toEqual({ snapshots: [] });
    expect((await refusalOf(tara().post(`/workspaces/${room.id}/snapshots/waiting/restore`))).status).toBe(
      404,
    );
  }, 60_000);

  it('becomes a file, and the file another workspace whose runs go on', async () => {
    const room = await bench.create('Room');
    const waiting = await openCase(bench.in(room.id), 'checked');
    const called = await openCase(bench.in(room.id), 'called');
    const sleeping = await openCase(bench.in(room.id), 'slept');
    await taskOf(bench.in(room.id), waiting);
    await waitsForDate(room);
    await bench.in(room.id).as('dora').put('/secrets/key', { value: 'a-secret-value' });

    const whole = await download(`/workspaces/${room.id}/export?payloads=true`);
    const parsed = JSON.parse(gunzipSync(whole).toString('utf8')) as { items: { k: string; c?: string }[] };
    expect(parsed.items.some(({ c }) => c === 'workspace-secrets')).toBe(false);
    const { workspace: copy } = await upload(whole);
    expect(copy).toMatchObject({ title: 'Room' });
    expect(copy.id).not.toBe(room.id);
    expect((await lookAt(bench.in(copy.id), waiting)).case.number).toBe(waiting.number);
    await complete(copy, await taskOf(bench.in(copy.id), waiting));
    await ended(bench.in(copy.id), waiting);
    expect((await lookAt(bench.in(room.id), waiting)).runs[0]?.status).toBe('waiting');
    await tara(copy).post('/clock', { by: 'P2D' });
    await taskOf(bench.in(copy.id), sleeping);
    const { runs } = await lookAt(bench.in(copy.id), called);
    const { events } = await tara(copy).get<{
      events: { payload?: { metadata?: { callbackUrl: string } } }[];
    }>(`/runs/${runs[0]!.id}/events?payload=true`);
    const address = (events[0]?.payload?.metadata?.callbackUrl ?? '').replace(
      bench.sandbox().publicUrl,
      bench.sandbox().origin,
    );
    expect((await fetch(`${address}/news`, { method: 'POST' })).status).toBe(202);
    await ended(bench.in(copy.id), called);
    expect((await lookAt(bench.in(room.id), called)).runs[0]?.status).toBe('waiting');

    const redacted = await download(`/workspaces/${room.id}/export`);
    const text = gunzipSync(redacted).toString('utf8');
    expect(text).toContain(waiting.id);
    for (const personal of ['Check it', 'person-index', '"p":', 'inbox/'])
      expect(text).not.toContain(personal);
    const { workspace: shown } = await upload(redacted);
    expect((await lookAt(bench.in(shown.id), waiting)).runs[0]?.status).toBe('suspended');
    const { events: steps } = await tara(shown).get<{ events: object[] }>(
      `/runs/${(await lookAt(bench.in(shown.id), waiting)).runs[0]!.id}/events`,
    );
    expect(steps.length).toBeGreaterThan(1);
  }, 60_000);

  it('is not made of a file that is broken, and nothing of the attempt is left', async () => {
    const room = await bench.create('Room');
    await openCase(bench.in(room.id), 'checked');
    const file = await download(`/workspaces/${room.id}/export`);
    const before = await tara().get<{ workspaces: object[] }>('/workspaces');
    const text = gunzipSync(file).toString('utf8');
    for (const broken of [
      Buffer.from('no gzip'),
      file.subarray(0, file.length - 30),
      gzipSync(text.replace(/\]\}\n$/, '')),
      gzipSync(text.replace('"k":"doc"', '"k":"dog"')),
      gzipSync(text.replace('workspace/1', 'workspace/9')),
      gzipSync('{}'),
    ])
      expect((await sendFile(broken)).status).toBe(400);
    await expect(tara().get('/workspaces')).resolves.toEqual(before);
  }, 30_000);

  it('is there after a restart, with what it had and its clock', async () => {
    const room = await bench.create('Room');
    const waiting = await openCase(bench.in(room.id), 'checked');
    const task = await taskOf(bench.in(room.id), waiting);
    await tara(room).post('/clock', { by: 'P3D' });
    await bench.restart();
    const { offsetMilliseconds } = await tara(room).get<{ offsetMilliseconds: number }>('/clock');
    expect(offsetMilliseconds).toBeGreaterThan(2 * 86_400_000);
    await complete(room, task);
    await ended(bench.in(room.id), waiting);
  }, 60_000);

  it('finishes after a restart what was begun with it and cut short', async () => {
    const reset = await bench.create('To be reset');
    const restored = await bench.create('To be put back');
    const removed = await bench.create('To be removed');
    const rooms = [reset, restored, removed];
    const cases = await Promise.all(rooms.map((room) => openCase(bench.in(room.id), 'checked')));
    for (const [index, room] of rooms.entries()) await taskOf(bench.in(room.id), cases[index]!);
    await tara().post(`/workspaces/${restored.id}/snapshots`, { name: 'a' });
    const later = await openCase(bench.in(restored.id), 'checked');
    await bench.sandbox().close();
    // As a crash leaves it: begun, written down, and held.
    const storage = await openStorage({ dataDir: bench.dataDir, logger: silentLogger });
    const register = storage.documents.collection('workspaces');
    for (const [room, pending] of [
      [reset, { kind: 'reset', by: 'tara' }],
      [restored, { kind: 'restore', by: 'tara', snapshot: 'a' }],
      [removed, { kind: 'remove', by: 'tara' }],
    ] as const) {
      await register.put({ ...(await register.get(room.id))!.doc, pending } as never);
      await storage.documents
        .collection('clocks')
        .put({ _id: room.id, offsetMilliseconds: 0, held: true } as never);
    }
    await storage.close();
    await bench.restart();
    expect((await refusalOf(lookAt(bench.in(reset.id), cases[0]!))).status).toBe(404);
    expect((await refusalOf(lookAt(bench.in(restored.id), later))).status).toBe(404);
    expect((await refusalOf(tara(removed).get('/cases'))).status).toBe(404);
    await complete(restored, await taskOf(bench.in(restored.id), cases[1]!));
    await ended(bench.in(restored.id), cases[1]!);
    const fresh = await openCase(bench.in(reset.id), 'checked');
    await complete(reset, await taskOf(bench.in(reset.id), fresh));
    await ended(bench.in(reset.id), fresh);
  }, 60_000);

  it('works while others do: three complete a case each at once', async () => {
    const rooms = await Promise.all(['A', 'B', 'C'].map((title) => bench.create(title)));
    await Promise.all(
      rooms.map(async (room) => {
        const opened = await openCase(bench.in(room.id), 'checked');
        await complete(room, await taskOf(bench.in(room.id), opened));
        await ended(bench.in(room.id), opened);
      }),
    );
    for (const room of rooms) {
      const { cases } = await tara(room).get<{ cases: object[] }>('/cases');
      expect(cases).toHaveLength(1);
    }
  }, 60_000);

  it('is not there any more from the moment it expires, and is emptied at the next round', async () => {
    const expiresAt = new Date(Date.now() + real.ahead + 3_600_000).toISOString();
    const room = await bench.create('Room', { expiresAt });
    await openCase(bench.in(room.id), 'checked');
    real.ahead += 3_600_001;
    expect((await refusalOf(tara(room).get('/cases'))).status).toBe(404);
    expect((await refusalOf(tara().get(`/workspaces/${room.id}`))).status).toBe(404);
    await bench.restart();
    await bench.sandbox().takeCare();
    await bench.sandbox().close();
    expect(await left(room.id)).toEqual([]);
    await bench.restart();
  }, 60_000);

  it('leaves nothing behind when it is removed', async () => {
    const room = await bench.create('Room');
    const waiting = await openCase(bench.in(room.id), 'checked');
    await taskOf(bench.in(room.id), waiting);
    await openCase(bench.in(room.id), 'slept');
    await waitsForDate(room);
    await bench.in(room.id).as('dora').put('/secrets/key', { value: 'a' });
    await tara(room).post('/blocks/payments/faults', { kind: 'outage' });
    await tara(room).post('/clock', { by: 'PT1H' });
    await tara(room).get('/message-log');
    await tara().post(`/workspaces/${room.id}/snapshots`, { name: 'a' });
    const abort = new AbortController();
    const stream = await tara(room).stream('/stream', abort.signal);
    await tara().delete(`/workspaces/${room.id}`);
    // Whoever listens is told that it is over.
    for await (const _chunk of stream);
    expect((await refusalOf(tara(room).get('/cases'))).status).toBe(404);
    expect(await refusalOf(tara().delete('/workspaces/default'))).toMatchObject({ code: 'GSB-REQ-003' });
    await bench.sandbox().close();
    expect(await left(room.id)).toEqual([]);
    await bench.restart();
  }, 60_000);
});

async function download(path: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${await bench.in().tokenOf('tara')}` };
  const answer = await fetch(`${bench.sandbox().origin}/api/v1${path}`, { headers });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function sendFile(file: Buffer): Promise<Response> {
  return fetch(`${bench.sandbox().origin}/api/v1/workspaces/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await bench.in().tokenOf('tara')}`,
      'content-type': 'application/gzip',
    },
    body: new Uint8Array(file),
  });
}

async function upload(file: Buffer): Promise<{ workspace: WorkspaceView }> {
  const answer = await sendFile(file);
  expect(answer.status).toBe(201);
  return (await answer.json()) as { workspace: WorkspaceView };
}

async function left(workspace: string): Promise<readonly string[]> {
  const storage = await openStorage({ dataDir: bench.dataDir, logger: silentLogger });
  try {
    return await leftOf(storage, workspace);
  } finally {
    await storage.close();
  }
}
