import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionLostError, type BlockRequest } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../../contracts/ids.js';
import type { Json } from '../../../contracts/json.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createBindings, type Bindings } from '../../../orchestrator/blocks/bindings.js';
import { createEgress } from '../../../orchestrator/blocks/outbound/egress/egress.js';
import {
  parseHostPattern,
  type HostPattern,
} from '../../../orchestrator/blocks/outbound/egress/host-patterns.js';

const service = { id: 'SANDBOX/GOV/MOF/PAYMENTS/payments', block: 'payments' as const };
const request: BlockRequest = {
  method: 'POST',
  path: '/batches/a%2Fb',
  query: { command: 'redeem', id: ['1', '2'] },
  headers: {
    'content-type': 'application/json',
    'x-road-client': 'A/B/C/D',
    connection: 'close',
    host: 'elsewhere',
  },
  body: { amount: 12.5 },
};

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let received: Received[];
let answer: (response: ServerResponse, incoming: IncomingMessage) => void;
let server: Server;
let baseUrl: string;
let bindings: Bindings;
let mockAnswer: () => Promise<{ status: number; headers: Record<string, string>; body: string }>;
let now: Date;
const documents = createMemoryDocuments();
const secrets: Record<string, Json> = {};
const document = {
  paths: {
    '/batches/{id}': { post: { operationId: 'pay' }, get: { operationId: 'status' } },
    '/find': { post: { operationId: 'find', 'x-sandbox-reads': true } },
    '/old/{id}': { post: { operationId: 'payOlder' } },
  },
};

function allowed(...hosts: string[]): HostPattern[] {
  return hosts.map((host) => parseHostPattern(host)).filter((pattern) => pattern !== undefined);
}

function chosen(from: Readonly<Record<string, Json>>, names: readonly string[]): Record<string, Json> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

function newBindings(): Bindings {
  return createBindings({
    documents,
    blockOf: (id) => (id === 'payments' ? { handle: () => mockAnswer() } : undefined),
    realClock: { now: () => now },
    openapiOf: () => document,
    secrets: { resolve: (_workspace, names) => Promise.resolve(chosen(secrets, names)) },
    egress: createEgress(allowed('127.0.0.1', 'payments.example')),
    violations: () => [],
  });
}

beforeEach(async () => {
  received = [];
  now = new Date('2026-05-01T00:00:00Z');
  mockAnswer = () => Promise.resolve({ status: 200, headers: {}, body: 'mock' });
  answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part: Buffer) => (body += part.toString()));
    incoming.on('end', () => {
      received.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body });
      answer(response, incoming);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  bindings = newBindings();
  await bindings.reset(DEFAULT_WORKSPACE);
});

afterEach(async () => {
  await bindings.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('bindings', () => {
  it('deliver to the mock unless something else was set', async () => {
    expect(await bindings.get(DEFAULT_WORKSPACE, 'payments')).toEqual({ kind: 'mock' });
    expect(await bindings.deliver(DEFAULT_WORKSPACE, service, request)).toMatchObject({
      kind: 'answered',
      deliveredTo: 'mock',
      response: { body: 'mock' },
    });
  });

  it('deliver to a real system from the next call on, in that workspace only', async () => {
    await bindings.deliver(DEFAULT_WORKSPACE, service, request);
    await bindings.set(DEFAULT_WORKSPACE, 'payments', {
      kind: 'real',
      baseUrl: `${baseUrl}/`,
      headers: { 'x-key': 's' },
    });
    const delivered = await bindings.deliver(DEFAULT_WORKSPACE, service, request);
    expect(delivered).toMatchObject({
      kind: 'answered',
      deliveredTo: baseUrl,
      response: { status: 200, headers: { 'content-type': 'application/json' }, body: { ok: true } },
    });
    expect(received).toEqual([
      {
        method: 'POST',
        url: '/api/batches/a%2Fb?command=redeem&id=1&id=2',
        body: '{"amount":12.5}',
        headers: expect.objectContaining({
          'x-road-client': 'A/B/C/D',
          'x-key': 's',
          'content-type': 'application/json',
        }),
      },
    ]);
    expect(received[0]?.headers.host).toBe(new URL(baseUrl).host);
    const elsewhere = await bindings.deliver(workspaceIdSchema.parse('other'), service, request);
    expect(elsewhere.deliveredTo).toBe('mock');
  });

  it('prefer the service’s binding to its block’s, also back to the mock', async () => {
    await bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl });
    await bindings.set(DEFAULT_WORKSPACE, { block: 'payments', service: service.id }, { kind: 'mock' });
    expect(await bindings.deliver(DEFAULT_WORKSPACE, service, request)).toMatchObject({
      deliveredTo: 'mock',
    });
    expect(await bindings.deliver(DEFAULT_WORKSPACE, { ...service, id: 'x' }, request)).toMatchObject({
      deliveredTo: baseUrl,
    });
    await bindings.reset(DEFAULT_WORKSPACE);
    expect(await bindings.deliver(DEFAULT_WORKSPACE, { ...service, id: 'x' }, request)).toMatchObject({
      deliveredTo: 'mock',
    });
  });

  it('set by another process count within a second', async () => {
    await bindings.deliver(DEFAULT_WORKSPACE, service, request);
    const another = newBindings();
    await another.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl });
    await another.close();
    now = new Date(now.getTime() + 1_000);
    expect(await bindings.deliver(DEFAULT_WORKSPACE, service, request)).toMatchObject({
      deliveredTo: baseUrl,
    });
  });

  it.each([
    ['kind', { kind: 'other' }],
    ['baseUrl', { kind: 'real', baseUrl: 'payments.example' }],
    ['baseUrl', { kind: 'real', baseUrl: 'ftp://payments.example' }],
    ['baseUrl', { kind: 'real', baseUrl: 'https://user:secret@payments.example' }],
    ['baseUrl', { kind: 'real', baseUrl: 'https://payments.example/?a=b' }],
    ['timeoutMs', { kind: 'real', baseUrl: 'https://payments.example', timeoutMs: 0 }],
    [
      'headers.x-key',
      { kind: 'real', baseUrl: 'https://payments.example', headers: { 'x-key': 'a\r\nb: c' } },
    ],
  ])('are refused when %s is wrong', async (field, binding) => {
    await expect(bindings.set(DEFAULT_WORKSPACE, 'payments', binding)).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining(field) as unknown,
    });
    expect(await bindings.get(DEFAULT_WORKSPACE, 'payments')).toEqual({ kind: 'mock' });
  });
});

describe('a real system', () => {
  const deliver = async (binding: object = {}): ReturnType<Bindings['deliver']> => {
    await bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl, ...binding });
    return bindings.deliver(DEFAULT_WORKSPACE, service, request);
  };

  it('that drops the connection leaves the effect unknown', async () => {
    answer = (_response, incoming) => incoming.socket.destroy();
    const delivered = await deliver();
    expect(delivered).toMatchObject({ kind: 'lost', deliveredTo: baseUrl, error: { beforeEffect: false } });
    expect(received).toHaveLength(1);
  });

  it('that drops the connection within the answer leaves the effect unknown', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"ok":', () => response.destroy());
    };
    expect(await deliver()).toMatchObject({ kind: 'lost', error: { beforeEffect: false } });
  });

  it('that does not answer in time leaves the effect unknown', async () => {
    answer = () => undefined;
    expect(await deliver({ timeoutMs: 20 })).toMatchObject({
      kind: 'lost',
      error: { beforeEffect: false, message: `${baseUrl}: no answer in time` },
    });
  });

  it('that is not there had no effect', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const delivered = await deliver({ baseUrl: `http://127.0.0.1:${port}` });
    expect(delivered).toMatchObject({ kind: 'lost', error: { beforeEffect: true } });
    expect(delivered.kind === 'lost' && delivered.error).toBeInstanceOf(ConnectionLostError);
  });

  it('is not followed to where it redirects', async () => {
    answer = (response) =>
      response.writeHead(302, { location: `${baseUrl}/elsewhere`, connection: 'close' }).end();
    const delivered = await deliver();
    expect(delivered).toMatchObject({
      kind: 'answered',
      response: { status: 302, headers: { location: `${baseUrl}/elsewhere` } },
    });
    expect(received).toHaveLength(1);
    expect(delivered.kind === 'answered' && delivered.response.headers).not.toHaveProperty('connection');
  });

  it.each([
    ['text', 'text/csv', 'a,b', 'a,b'],
    ['JSON of another type', 'application/problem+json', '{"a":1}', { a: 1 }],
    ['what only claims to be JSON', 'application/json', '<html>', '<html>'],
    ['nothing', 'application/json', '', undefined],
  ])('may answer %s', async (_what, type, sent, body) => {
    answer = (response) => response.writeHead(200, { 'content-type': type }).end(sent);
    const delivered = await deliver();
    expect(delivered.kind === 'answered' && delivered.response.body).toEqual(body);
  });

  it('does not hide defects of a mock', async () => {
    mockAnswer = () => Promise.reject(new TypeError('defect'));
    await expect(bindings.deliver(DEFAULT_WORKSPACE, service, request)).rejects.toThrow(TypeError);
  });
});

describe('a binding of an operation', () => {
  it('outranks that of its block, and a service outranks both', async () => {
    await bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl: `${baseUrl}/block` });
    await bindings.set(
      DEFAULT_WORKSPACE,
      { block: 'payments', operationId: 'pay' },
      { kind: 'real', baseUrl: `${baseUrl}/operation` },
    );
    const to = async (operationId?: string): Promise<string> =>
      (await bindings.deliver(DEFAULT_WORKSPACE, service, request, operationId)).deliveredTo;
    expect([await to('pay'), await to('status'), await to()]).toEqual([
      `${baseUrl}/operation`,
      `${baseUrl}/block`,
      `${baseUrl}/block`,
    ]);
    await bindings.set(DEFAULT_WORKSPACE, { block: 'payments', service: service.id }, { kind: 'mock' });
    expect(await to('pay')).toBe('mock');
    expect(await bindings.remove(DEFAULT_WORKSPACE, { block: 'payments', service: service.id })).toBe(true);
    expect(await bindings.remove(DEFAULT_WORKSPACE, { block: 'payments', service: service.id })).toBe(false);
    expect(await to('pay')).toBe(`${baseUrl}/operation`);
  });

  it('is refused for an operation that there is not', async () => {
    await expect(
      bindings.set(DEFAULT_WORKSPACE, { block: 'payments', operationId: 'steal' }, { kind: 'mock' }),
    ).rejects.toMatchObject({ code: 'GSB-BLK-003', detail: expect.stringContaining('steal') as unknown });
  });

  it('survives a restart', async () => {
    await bindings.set(
      DEFAULT_WORKSPACE,
      { block: 'payments', operationId: 'pay' },
      { kind: 'spy', baseUrl, headers: { 'x-program': 'USCT' } },
    );
    await bindings.close();
    bindings = newBindings();
    expect(await bindings.list(DEFAULT_WORKSPACE, 'payments')).toEqual([
      {
        target: { block: 'payments', operationId: 'pay' },
        binding: { kind: 'spy', baseUrl, headers: { 'x-program': 'USCT' } },
      },
    ]);
    expect((await bindings.deliver(DEFAULT_WORKSPACE, service, request, 'pay')).deliveredTo).toBe(baseUrl);
  });
});

describe('a spy', () => {
  const spy = (more: object = {}): Promise<unknown> =>
    bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'spy', baseUrl, ...more });
  const deliver = (operationId: string, method: 'GET' | 'POST' = 'POST'): ReturnType<Bindings['deliver']> =>
    bindings.deliver(DEFAULT_WORKSPACE, service, { ...request, method }, operationId);

  it('lets the real system answer while it does', async () => {
    await spy();
    expect(await deliver('pay')).toMatchObject({ deliveredTo: baseUrl, response: { body: { ok: true } } });
  });

  it('lets the mock answer when the real system is away, and says so', async () => {
    await spy();
    answer = (response) => response.writeHead(503).end();
    expect(await deliver('pay')).toMatchObject({
      kind: 'answered',
      deliveredTo: `mock, as ${baseUrl} answered 503`,
      response: { body: 'mock' },
    });
    answer = (_response, incoming) => incoming.socket.destroy();
    expect(await deliver('find')).toMatchObject({ deliveredTo: `mock, as ${baseUrl} did not answer` });
    answer = (response) => response.writeHead(404).end();
    expect(await deliver('status', 'GET')).toMatchObject({
      deliveredTo: `mock, as ${baseUrl} does not know it (404)`,
    });
  });

  it('never lets the mock step in after a write whose outcome is unclear, until it is set again', async () => {
    await spy();
    answer = (_response, incoming) => incoming.socket.destroy();
    const lost = { kind: 'lost', deliveredTo: baseUrl };
    expect(await deliver('pay')).toMatchObject({ ...lost, error: { beforeEffect: false } });
    // The mock knows nothing of what the real system may have done: "unknown" would have it sent again.
    expect(await deliver('status', 'GET')).toMatchObject(lost);
    answer = (response) => response.writeHead(503).end();
    expect(await deliver('pay')).toMatchObject({ deliveredTo: baseUrl, response: { status: 503 } });
    expect(await bindings.list(DEFAULT_WORKSPACE, 'payments')).toMatchObject([
      { unclearSince: '2026-05-01T00:00:00.000Z' },
    ]);
    await spy();
    expect((await deliver('pay')).deliveredTo).toContain('mock, as');
  });
});

describe('a request to a real system', () => {
  const send = async (binding: object, more: Partial<BlockRequest> = {}): Promise<Received | undefined> => {
    await bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl, ...binding });
    await bindings.deliver(DEFAULT_WORKSPACE, service, { ...request, ...more }, 'pay');
    return received.at(-1);
  };
  beforeEach(() => {
    for (const name of Object.keys(secrets)) Reflect.deleteProperty(secrets, name);
  });

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
    secrets['pay'] = value;
    expect((await send({ auth: { scheme, secret: 'pay' } }))?.headers.authorization).toBe(authorization);
    expect(JSON.stringify(await bindings.list(DEFAULT_WORKSPACE, 'payments'))).not.toContain('token');
  });

  it('proves itself with a token that it got, and with another one when that is refused', async () => {
    let tokens = 0;
    answer = (response, incoming) => {
      if (incoming.url === '/api/token')
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ access_token: `t${(tokens += 1)}`, expires_in: 300 }));
      else response.writeHead(incoming.headers.authorization === 'Bearer t2' ? 200 : 401).end();
    };
    secrets['pay'] = {
      authority: baseUrl,
      grant: 'client_credentials',
      client: { id: 'sandbox', secret: 's3cret', authentication: 'client_secret_basic' },
      endpoints: { token: '/token' },
    };
    await send({ auth: { scheme: 'oauth2', secret: 'pay' } });
    expect(received.map(({ url, headers }) => [url?.split('?')[0], headers.authorization])).toEqual([
      ['/api/token', expect.stringMatching(/^Basic /)],
      ['/api/batches/a%2Fb', 'Bearer t1'],
      ['/api/token', expect.stringMatching(/^Basic /)],
      ['/api/batches/a%2Fb', 'Bearer t2'],
    ]);
  });

  it('has the key that a secret holds as a header, and is not sent when the secret is gone', async () => {
    secrets['member'] = 'key-1';
    const binding = { secretHeaders: { 'X-Sandbox-Member-Key': 'member' } };
    expect((await send(binding))?.headers['x-sandbox-member-key']).toBe('key-1');
    delete secrets['member'];
    const count = received.length;
    const delivered = await bindings.deliver(DEFAULT_WORKSPACE, service, request);
    expect(delivered).toMatchObject({
      kind: 'lost',
      error: { beforeEffect: true, message: expect.stringContaining('member') as unknown },
    });
    expect(received).toHaveLength(count);
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
    secrets['ca'] = 'not PEM but private';
    const refused = send({ tls: { ca: 'ca' } });
    await expect(refused).rejects.toMatchObject({ detail: expect.stringContaining('tls') as unknown });
    await expect(refused).rejects.not.toMatchObject({
      detail: expect.stringContaining('private') as unknown,
    });
  });
});
