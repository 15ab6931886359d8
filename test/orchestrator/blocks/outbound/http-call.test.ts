import { afterEach, describe, expect, it } from '@jest/globals';
import { bench, closeBenches, effect, error, origin, output } from './outbound-bench.js';
import { closeServers, json, serve, type LocalServer } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

const echo = (): Promise<LocalServer> => serve((_request, response) => json(response, 200, { ok: true }));

describe('call: http', () => {
  it('sends method, headers, query and JSON, and gives the content back as data', async () => {
    const server = await echo();
    const call = effect('http', {
      method: 'post',
      endpoint: `${server.origin}/things?a=1`,
      headers: { 'X-Trace': 'abc', 'x-number': 7, 'x-left-out': null },
      query: { b: 'ä&b', list: [1, true], none: null, object: { x: 1 } },
      body: { name: 'Amina' },
    });
    expect(output(await bench().call(call, origin))).toEqual({ ok: true });
    const [received] = server.received;
    expect(received).toMatchObject({
      method: 'POST',
      path: '/things?a=1&b=%C3%A4%26b&list=1&list=true&object=%7B%22x%22%3A1%7D',
      headers: { 'x-trace': 'abc', 'x-number': '7', 'content-type': 'application/json' },
    });
    expect(received?.headers).not.toHaveProperty('x-left-out');
    expect(JSON.parse(received?.body.toString() ?? '')).toEqual({ name: 'Amina' });
  });

  it('keeps its Idempotency-Key when it is repeated, and lets the workflow set another', async () => {
    const server = await echo();
    const { call } = bench();
    const args = { method: 'post', endpoint: server.origin, body: {} };
    await call(effect('http', args), origin);
    await call(effect('http', args, { doubtful: true }), origin);
    await call(effect('http', args, { key: '/do/1/other' }), origin);
    await call(effect('http', { ...args, headers: { 'Idempotency-Key': 'mine' } }), origin);
    const [first, repeated, other, own] = server.received.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^run-1\./);
    expect(repeated).toBe(first);
    expect(other).not.toBe(first);
    expect(own).toBe('mine');
  });

  it('expands the variables of an address, and only those that the document wrote', async () => {
    const server = await echo();
    const { call } = bench();
    const input = { id: 'a/b c', status: 'new&old', 'pet.id': 5, none: null };
    const endpoint = { uri: `${server.origin}/pets/{id}/{pet.id}/{none}x?status={status}&missing={missing}` };
    await call(effect('http', { method: 'get', endpoint }, { input }), origin);
    // An expression made it: what looks like a variable is data.
    await call(
      effect(
        'http',
        { method: 'get', endpoint: `${server.origin}/{id}` },
        {
          input,
          written: { endpoint: '${ .address }' },
        },
      ),
      origin,
    );
    expect(server.received.map(({ path }) => path)).toEqual([
      '/pets/a%2Fb%20c/5/x?status=new%26old&missing=',
      '/%7Bid%7D',
    ]);
  });

  it.each([
    ['a dot segment', '/pets/{id}/admin', { id: '..' }, 'validation'],
    ['dot segments from two variables', '/{a}{b}/x', { a: '.', b: '.' }, 'validation'],
    ['an object', '/pets/{id}', { id: {} }, 'expression'],
    ['a list', '/pets/{id}', { id: [] }, 'expression'],
  ])('refuses %s in an address', async (_what, path, input, type) => {
    const server = await echo();
    const outcome = await bench().call(
      effect('http', { method: 'get', endpoint: `${server.origin}${path}` }, { input }),
      origin,
    );
    expect(error(outcome).type).toBe(type);
    expect(server.received).toEqual([]);
  });

  it('takes no host from data', async () => {
    const args = { method: 'get', endpoint: 'http://127.0.0.1{x}/' };
    const failed = error(await bench().call(effect('http', args, { input: { x: '.evil.example' } }), origin));
    expect(failed).toMatchObject({ type: 'configuration', instance: '/do/0/ask' });
  });

  it.each([
    ['form', 'application/x-www-form-urlencoded', { a: 'x y', b: [1, 2] }, 'a=x+y&b=1&b=2'],
    ['text', 'text/plain; charset=utf-8', 'grüß', 'grüß'],
    ['xml', 'application/soap+xml', '<a/>', '<a/>'],
    ['base64', 'application/octet-stream', Buffer.from('bytes').toString('base64'), 'bytes'],
    ['JSON text', 'application/merge-patch+json', 'text', '"text"'],
  ])('writes a %s body', async (_what, type, body, sent) => {
    const server = await echo();
    await bench().call(
      effect('http', { method: 'put', endpoint: server.origin, headers: { 'Content-Type': type }, body }),
      origin,
    );
    expect(server.received[0]?.headers['content-type']).toBe(type);
    expect(server.received[0]?.body.toString()).toBe(sent);
  });

  it('writes a multipart body', async () => {
    const server = await echo();
    const args = {
      method: 'post',
      endpoint: server.origin,
      headers: { 'content-type': 'multipart/form-data' },
      body: { 'na"me': 'x', list: ['a', 'b'], data: { y: 1 } },
    };
    await bench().call(effect('http', args), origin);
    const [received] = server.received;
    const boundary = /boundary=(\w+)$/.exec(received?.headers['content-type'] ?? '')?.[1] ?? 'none';
    const parts = received?.body.toString().split(`--${boundary}`) ?? [];
    expect(parts).toHaveLength(6);
    expect(parts[1]).toContain('name="na%22me"\r\n\r\nx\r\n');
    expect(parts[4]).toContain('Content-Type: application/json\r\n\r\n{"y":1}');
    expect(parts[5]).toBe('--\r\n');
  });

  it.each([
    [{ method: 'get' }, /with\.endpoint/],
    [{ method: 'no such', endpoint: 'http://127.0.0.1/' }, /with\.method/],
    [{ method: 'connect', endpoint: 'http://127.0.0.1/' }, /CONNECT/],
    [{ method: 'get', endpoint: 'http://127.0.0.1/', headers: { 'a b': 'x' } }, /"a b"/],
    [{ method: 'get', endpoint: 'http://127.0.0.1/', headers: { a: 'x\r\nHost: y' } }, /"a"/],
    [{ method: 'get', endpoint: 'http://127.0.0.1/', headers: { a: 'x'.repeat(20_000) } }, /larger than/],
    [{ method: 'get', endpoint: 'http://127.0.0.1/', output: 'all' }, /with\.output/],
    [
      { method: 'post', endpoint: 'http://127.0.0.1/', headers: { 'content-type': 'image/png' }, body: '%' },
      /base64/,
    ],
  ])('refuses arguments that it cannot send: %#', async (args, detail) => {
    const failed = error(await bench().call(effect('http', args), origin));
    expect(failed).toMatchObject({ type: 'validation', status: 400 });
    expect(failed.detail).toMatch(detail);
  });

  it.each(['Host', 'Content-Length', 'Transfer-Encoding', 'Connection'])('sets %s itself', async (name) => {
    const args = { method: 'get', endpoint: 'http://127.0.0.1/', headers: { [name]: 'x' } };
    expect(error(await bench().call(effect('http', args), origin)).type).toBe('configuration');
  });

  it.each(['file:///etc/passwd', '/things', 'things.example.org/x', ''])(
    'refuses an address that is not absolute: %s',
    async (endpoint) => {
      const failed = error(await bench().call(effect('http', { method: 'get', endpoint }), origin));
      expect(['configuration', 'authorization']).toContain(failed.type);
    },
  );
});
