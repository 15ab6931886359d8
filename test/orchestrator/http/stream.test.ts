import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import type { Principal } from '../../../contracts/identity.js';
import type { FollowedRecord, Subscription } from '../../../contracts/journal.js';
import { createBench, type ApiBench } from './api-bench.js';
import { people, somebody } from './api-people.js';

const at = '2026-01-05T09:00:00.000Z';
let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  if (server) await new Promise((resolve) => server?.close(resolve));
  server = undefined;
});

interface Open {
  readonly headers: Headers;
  /** Reads until the text contains this. */
  until(text: string): Promise<string>;
  leave(): void;
}

async function openStream(
  bench: ApiBench,
  as: Principal,
  path = '/stream',
  headers: Record<string, string> = {},
): Promise<Open> {
  server ??= createServer(bench.app).listen(0, '127.0.0.1');
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const abort = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    headers: { 'x-test-principal': JSON.stringify(as), ...headers },
    signal: abort.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let seen = '';
  return {
    headers: response.headers,
    until: async (text) => {
      while (!seen.includes(text)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended before "${text}": ${seen}`);
        seen += decoder.decode(value, { stream: true });
      }
      return seen;
    },
    leave: () => abort.abort(),
  };
}

const append = (bench: ApiBench, stream: string, type: string, more: object = {}): Promise<unknown> =>
  bench.journal.append(`default/${stream}`, 'any', [
    { event: { type, time: at, at, ...more }, payload: { secret: 'personal' } },
  ]);

/** The ids of the events in a stream's text. */
const idsIn = (text: string): string[] => [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id!);

describe('the event stream', () => {
  it('begins at once, as server-sent events that nobody keeps', async () => {
    const stream = await openStream(createBench(), somebody('case-officer'));
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers.get('cache-control')).toContain('no-cache');
    expect(await stream.until('\n\n')).toBe('retry: 2000\n\n');
    stream.leave();
  });

  it('sends what happens, with a cursor and without payloads', async () => {
    const bench = createBench();
    const stream = await openStream(bench, somebody('trainer'));
    await stream.until('retry');
    await append(bench, 'run/run-amina', 'task.started');
    const text = await stream.until('task.started');
    expect(text).toContain(
      `id: 1\ndata: {"stream":"run/run-amina","seq":1,"event":{"type":"task.started","time":"${at}","at":"${at}"}}\n\n`,
    );
    expect(text).not.toContain('personal');
    stream.leave();
  });

  it.each([
    ['the header', '/stream', { 'last-event-id': '2' }],
    ['the query', '/stream?after=2', {}],
  ])('goes on behind the event that %s names', async (_how, path, headers) => {
    const bench = createBench();
    for (const type of ['one', 'two', 'three', 'four']) await append(bench, 'log', type);
    const stream = await openStream(bench, somebody('trainer'), path, headers);
    expect(idsIn(await stream.until('"four"'))).toEqual(['3', '4']);
    stream.leave();
  });

  it('says the lifecycle of runs as CloudEvents when asked to, with the cursor at the last of a record', async () => {
    const bench = createBench();
    await append(bench, 'log', 'clock.moved');
    await append(bench, 'run/run-amina', 'run.started');
    const stream = await openStream(bench, somebody('trainer'), '/stream?after=0&format=cloudevents');
    const text = await stream.until('"2.2"');
    expect(text).toContain('data: {"specversion":"1.0","id":"2.1"');
    expect(text).toContain('id: 2\ndata: {"specversion":"1.0","id":"2.2"');
    expect(idsIn(text)).toEqual(['2']);
    expect(text).not.toContain('clock.moved');
    stream.leave();
  });

  it('sends to a citizen only what concerns their own case', async () => {
    const bench = createBench();
    await append(bench, 'run/run-tomas', 'of-tomas');
    await append(bench, 'exchanges', 'of-tomas', { origin: { runId: 'run-tomas' } });
    await append(bench, 'log', 'of-tomas', { runId: 'run-tomas' });
    await append(bench, 'log', 'of-nobody');
    await append(bench, 'log', 'of-a-case', { caseId: 'case-amina' });
    await append(bench, 'exchanges', 'of-amina', { origin: { runId: 'run-amina' } });
    await append(bench, 'run/run-amina', 'last');
    const stream = await openStream(bench, people['amina']!, '/stream?after=0');
    const text = await stream.until('"last"');
    expect(idsIn(text)).toEqual(['6', '7']);
    expect(text).not.toContain('of-tomas');
    stream.leave();
  });

  it('narrows to one case, and for a citizen never widens', async () => {
    const bench = createBench();
    await append(bench, 'run/run-tomas', 'of-tomas');
    await append(bench, 'log', 'of-tomas', { caseId: 'case-tomas' });
    await append(bench, 'run/run-amina', 'of-amina');
    const officer = await openStream(bench, somebody('case-officer'), '/stream?after=0&case=case-tomas');
    await append(bench, 'run/run-tomas', 'last');
    expect(idsIn(await officer.until('"last"'))).toEqual(['1', '2', '4']);
    officer.leave();
    const amina = await openStream(bench, people['amina']!, '/stream?after=0&case=case-tomas');
    await amina.until('retry');
    const again = await openStream(bench, people['amina']!, '/stream?after=0&case=case-amina');
    await append(bench, 'run/run-amina', 'end');
    expect(idsIn(await again.until('"end"'))).toEqual(['3', '5']);
    again.leave();
    amina.leave();
  });

  it('leaves out the inboxes, and with only=log what happens inside runs', async () => {
    const bench = createBench();
    await append(bench, 'inbox/run-amina', 'letter');
    await append(bench, 'run/run-amina', 'step');
    await append(bench, 'log', 'last');
    const all = await openStream(bench, somebody('trainer'), '/stream?after=0');
    expect(idsIn(await all.until('"last"'))).toEqual(['2', '3']);
    all.leave();
    const log = await openStream(bench, somebody('trainer'), '/stream?after=0&only=log');
    expect(idsIn(await log.until('"last"'))).toEqual(['3']);
    log.leave();
  });

  it.each([
    ['/stream?after=x', {}],
    ['/stream?after=1&after=2', {}],
    ['/stream?after=99999999999999999999', {}],
    ['/stream', { 'last-event-id': '{"$gt":0}' }],
  ])('refuses a cursor that is none, instead of saying nothing for ever: %s', async (path, headers) => {
    const { app } = createBench();
    const { body } = await request(app)
      .get(`/api/v1${path}`)
      .set({ 'x-test-principal': JSON.stringify(somebody('trainer')), ...headers })
      .expect(400);
    expect(body).toMatchObject({ code: 'GSB-REQ-001' });
  });

  it('stops following when the reader leaves', async () => {
    const bench = createBench();
    const follow = bench.journal.follow.bind(bench.journal);
    const closed = new Promise<void>((resolve) => {
      bench.journal.follow = async (
        listener: (record: FollowedRecord) => void,
        options,
      ): Promise<Subscription> => {
        const subscription = await follow(listener, options);
        return {
          close: async () => {
            await subscription.close();
            resolve();
          },
        };
      };
    });
    const stream = await openStream(bench, somebody('trainer'));
    await stream.until('retry');
    stream.leave();
    await expect(closed).resolves.toBeUndefined();
  });
});
