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
