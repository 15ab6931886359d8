import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { blockRouter } from '../../../mocks/kit/http.js';
import { parseQuery } from '../../../mocks/kit/query-string.js';
import { createSampleBlock } from './sample-block.js';
import { testDeps, WORKSPACE } from './test-deps.js';

let server: Server | undefined;

async function serve(kit = testDeps()): Promise<string> {
  const app = express();
  app.use(
    '/blocks/pots',
    blockRouter(createSampleBlock(kit.deps), () => WORKSPACE),
  );
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/blocks/pots`;
}

afterEach(async () => {
  server?.closeAllConnections();
  if (server) await new Promise((resolve) => server?.close(resolve));
  server = undefined;
});

describe('a block over HTTP', () => {
  it('serves operations, the document with variants as paths, and Swagger UI', async () => {
    const url = await serve();
    const created = await fetch(`${url}/pots`, {
      method: 'POST',
      body: JSON.stringify({ id: 'a', amount: 1 }),
    });
    expect(created.status).toBe(201);
    expect(created.headers.get('x-sandbox-rule')).toBe('created');
    expect(await (await fetch(`${url}/pots/a`)).json()).toEqual({ id: 'a', amount: 1 });
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as Record<
      string,
      Record<string, unknown>
    >;
    expect(document.servers).toEqual([{ url: '/blocks/pots' }]);
    expect(document.paths?.['/pots?command=fill']).toMatchObject({ post: { operationId: 'fillPots' } });
    const page = await fetch(`${url}/docs`);
    expect(page.url).toMatch(/\/docs\/$/);
    expect(await page.text()).toContain('Pots (training mock)');
    expect(await (await fetch(`${url}/docs/swagger-ui-init.js`)).text()).toContain('../openapi.json');
    expect((await fetch(`${url}/docs/swagger-ui.css`)).status).toBe(200);
  });

  it('never crashes on empty, blank or broken bodies, or on too much', async () => {
    const url = await serve();
    const post = (body?: string) =>
      fetch(`${url}/pots`, {
        method: 'POST',
        ...(body === undefined ? {} : { body }),
        headers: { 'content-type': 'application/json' },
      });
    expect((await post()).status).toBe(400);
    expect((await post('  ')).status).toBe(400);
    expect((await post('{"id":')).status).toBe(400);
    expect((await fetch(`${url}/pots?command=fill`, { method: 'POST' })).status).toBe(204);
    const large = await post(' '.repeat(26 * 1024 * 1024));
    expect([large.status, large.headers.get('x-sandbox-rule')]).toEqual([413, 'body-too-large']);
    for (const encoding of ['gzip', 'no-such-encoding']) {
      const headers = { 'content-encoding': encoding };
      const broken = await fetch(`${url}/pots`, { method: 'POST', headers, body: 'no gzip' });
      expect([broken.status, broken.headers.get('x-sandbox-rule')]).toEqual([400, 'unreadable-body']);
    }
  });

  it('really drops the connection for a transport fault', async () => {
    const kit = testDeps();
    const url = await serve(kit);
    await kit.faults.add(WORKSPACE, {
      id: 'f',
      block: 'registration',
      kind: 'timeout-after-effect',
      times: 1,
    });
    await expect(fetch(`${url}/pots`, { method: 'POST', body: '{"id":"a","amount":1}' })).rejects.toThrow();
    expect((await fetch(`${url}/pots/a`)).status).toBe(200);
  });
});

describe('a broken answer over HTTP', () => {
  const post = (url: string) => fetch(`${url}/pots`, { method: 'POST', body: '{"id":"a","amount":1}' });

  it('breaks off in the middle of the body', async () => {
    const kit = testDeps();
    const url = await serve(kit);
    await kit.faults.add(WORKSPACE, { id: 'f', block: 'registration', kind: 'dropped-connection', times: 1 });
    const response = await post(url);
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow();
    expect((await fetch(`${url}/pots/a`)).status).toBe(200);
  });

  it('is text where JSON was promised', async () => {
    const kit = testDeps();
    const url = await serve(kit);
    await kit.faults.add(WORKSPACE, {
      id: 'f',
      block: 'registration',
      kind: 'malformed-answer',
      how: 'cut-json',
      times: 1,
    });
    const response = await post(url);
    expect(response.headers.get('content-type')).toContain('json');
    await expect(response.json()).rejects.toThrow();
  });

  it('arrives whole, though slowly', async () => {
    const kit = testDeps();
    const url = await serve(kit);
    await kit.faults.add(WORKSPACE, { id: 'f', block: 'registration', kind: 'slow-body', milliseconds: 30 });
    const response = await post(url);
    expect(await response.json()).toEqual({ id: 'a', amount: 1 });
    expect(response.headers.get('content-length')).toBe(String('{"id":"a","amount":1}'.length));
  });
});

describe('query strings', () => {
  it('tolerates a query that was appended twice, and nothing else is lost', () => {
    expect(parseQuery('a=1&b=2?a=1&b=2')).toEqual({ a: '1', b: '2' });
    expect(parseQuery('a=1&a=2')).toEqual({ a: ['1', '2'] });
    expect(parseQuery('url=http://x.test?q=1&b=2')).toEqual({ url: 'http://x.test?q=1', b: '2' });
    expect(parseQuery('')).toEqual({});
  });
});
