import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BlockRequest } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Bindings } from '../../../orchestrator/blocks/bindings.js';
import { openBindingsBench, request, service, type BindingsBench, type Received } from './bindings-bench.js';

let bench: BindingsBench;
beforeEach(async () => {
  bench = await openBindingsBench();
});
afterEach(() => bench.close());

describe('a spy', () => {
  const spy = (more: object = {}): Promise<unknown> =>
    bench.bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'spy', baseUrl: bench.baseUrl, ...more });
  const deliver = (operationId: string, method: 'GET' | 'POST' = 'POST'): ReturnType<Bindings['deliver']> =>
    bench.bindings.deliver(DEFAULT_WORKSPACE, service, { ...request, method }, operationId);

  it('lets the real system answer while it does', async () => {
    await spy();
    expect(await deliver('pay')).toMatchObject({
      deliveredTo: bench.baseUrl,
      response: { body: { ok: true } },
    });
  });

  it('lets the mock answer when the real system is away, and says so', async () => {
    await spy();
    bench.answer = (response) => response.writeHead(503).end();
    expect(await deliver('pay')).toMatchObject({
      kind: 'answered',
      deliveredTo: `mock, as ${bench.baseUrl} answered 503`,
      response: { body: 'mock' },
    });
    bench.answer = (_response, incoming) => incoming.socket.destroy();
    expect(await deliver('find')).toMatchObject({ deliveredTo: `mock, as ${bench.baseUrl} did not answer` });
    bench.answer = (response) => response.writeHead(404).end();
    expect(await deliver('status', 'GET')).toMatchObject({
      deliveredTo: `mock, as ${bench.baseUrl} does not know it (404)`,
    });
  });

  it('never lets the mock step in after a write whose outcome is unclear, until it is set again', async () => {
    await spy();
    bench.answer = (_response, incoming) => incoming.socket.destroy();
    const lost = { kind: 'lost', deliveredTo: bench.baseUrl };
    expect(await deliver('pay')).toMatchObject({ ...lost, error: { beforeEffect: false } });
    // The mock knows nothing of what the real system may have done: "unknown" would have it sent again.
    expect(await deliver('status', 'GET')).toMatchObject(lost);
    bench.answer = (response) => response.writeHead(503).end();
    expect(await deliver('pay')).toMatchObject({ deliveredTo: bench.baseUrl, response: { status: 503 } });
    expect(await bench.bindings.list(DEFAULT_WORKSPACE, 'payments')).toMatchObject([
      { unclearSince: '2026-05-01T00:00:00.000Z' },
    ]);
    await spy();
    expect((await deliver('pay')).deliveredTo).toContain('mock, as');
  });
});

describe('a request to a real system', () => {
  const send = async (binding: object, more: Partial<BlockRequest> = {}): Promise<Received | undefined> => {
    await bench.bindings.set(DEFAULT_WORKSPACE, 'payments', {
      kind: 'real',
      baseUrl: bench.baseUrl,
      ...binding,
    });
    await bench.bindings.deliver(DEFAULT_WORKSPACE, service, { ...request, ...more }, 'pay');
    return bench.received.at(-1);
  };

  it('has headers renamed, removed and added', async () => {
    const { headers } =
      (await send(
        {
          renameHeaders: { 'X-Road-Client': 'X-Caller' },
          removeHeaders: ['X-Trace'],
          headers: { 'X-Tenant': 'gov' },
        },
        { headers: { ...request.headers, 'x-trace': '1' } },
      )) ?? {};
    expect(headers).toMatchObject({ 'x-caller': 'A/B/C/D', 'x-tenant': 'gov' });
    expect(headers).not.toHaveProperty('x-road-client');
    expect(headers).not.toHaveProperty('x-trace');
  });

  it('goes to another path when the binding says so, or to that of the older dialect', async () => {
    const rewrite = [{ from: '/batches/{id}', to: '/v2/payments/{id}/batch' }];
    expect((await send({ rewrite }))?.url).toMatch(/^\/api\/v2\/payments\/a%2Fb\/batch\?/);
    expect((await send({ dialect: 'older' }))?.url).toMatch(/^\/api\/old\/a%2Fb\?/);
    await expect(send({ rewrite: [{ from: '/a', to: '/b/{id}' }] })).rejects.toMatchObject({
      detail: expect.stringContaining('{id}') as unknown,
    });
  });

  it.each([
    ['basic', { username: 'u', password: 'p' }, `Basic ${Buffer.from('u:p').toString('base64')}`],
    ['bearer', 'a-token', 'Bearer a-token'],
    ['bearer', { token: 'b-token' }, 'Bearer b-token'],
  ])('proves itself with %s from a secret', async (scheme, value, authorization) => {
    bench.secrets['pay'] = value;
    expect((await send({ auth: { scheme, secret: 'pay' } }))?.headers.authorization).toBe(authorization);
    expect(JSON.stringify(await bench.bindings.list(DEFAULT_WORKSPACE, 'payments'))).not.toContain('token');
  });

  it('proves itself with a token that it got, and with another one when that is refused', async () => {
    let tokens = 0;
    bench.answer = (response, incoming) => {
      if (incoming.url === '/api/token')
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ access_token: `t${(tokens += 1)}`, expires_in: 300 }));
      else response.writeHead(incoming.headers.authorization === 'Bearer t2' ? 200 : 401).end();
    };
    bench.secrets['pay'] = {
      authority: bench.baseUrl,
      grant: 'client_credentials',
      client: { id: 'sandbox', secret: 's3cret', authentication: 'client_secret_basic' },
      endpoints: { token: '/token' },
    };
    await send({ auth: { scheme: 'oauth2', secret: 'pay' } });
    expect(bench.received.map(({ url, headers }) => [url?.split('?')[0], headers.authorization])).toEqual([
      ['/api/token', expect.stringMatching(/^Basic /)],
      ['/api/batches/a%2Fb', 'Bearer t1'],
      ['/api/token', expect.stringMatching(/^Basic /)],
      ['/api/batches/a%2Fb', 'Bearer t2'],
    ]);
  });

  it('has the key that a secret holds as a header, and is not sent when the secret is gone', async () => {
    bench.secrets['member'] = 'key-1';
    const binding = { secretHeaders: { 'X-Sandbox-Member-Key': 'member' } };
    expect((await send(binding))?.headers['x-sandbox-member-key']).toBe('key-1');
    delete bench.secrets['member'];
    const count = bench.received.length;
    const delivered = await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request);
    expect(delivered).toMatchObject({
      kind: 'lost',
      error: { beforeEffect: true, message: expect.stringContaining('member') as unknown },
    });
    expect(bench.received).toHaveLength(count);
  });

  it.each([
    ['headers.authorization', { headers: { authorization: 'Bearer x' } }],
    ['headers.x-api-key', { headers: { 'x-api-key': 'x' } }],
    ['secret', { auth: { scheme: 'basic', secret: 'missing' } }],
    ['tls', { tls: { certificate: 'cert' } }],
    ['baseUrl', { baseUrl: 'http://127.0.0.2:1' }],
    ['baseUrl', { baseUrl: 'http://169.254.169.254' }],
    ['baseUrl', { baseUrl: 'https://elsewhere.example' }],
  ])('cannot be bound when %s is not allowed', async (field, binding) => {
    await expect(send(binding)).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining(field) as unknown,
    });
  });

  it('says what certificate is none without quoting it', async () => {
    bench.secrets['ca'] = 'not PEM but private';
    const refused = send({ tls: { ca: 'ca' } });
    await expect(refused).rejects.toMatchObject({ detail: expect.stringContaining('tls') as unknown });
    await expect(refused).rejects.not.toMatchObject({
      detail: expect.stringContaining('private') as unknown,
    });
  });
});
