import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionLostError } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../../contracts/ids.js';
import type { Bindings } from '../../../orchestrator/blocks/bindings.js';
import { openBindingsBench, request, service, type BindingsBench } from './bindings-bench.js';

let bench: BindingsBench;
beforeEach(async () => {
  bench = await openBindingsBench();
});
afterEach(() => bench.close());

describe('bindings', () => {
  it('deliver to the mock unless something else was set', async () => {
    expect(await bench.bindings.get(DEFAULT_WORKSPACE, 'payments')).toEqual({ kind: 'mock' });
    expect(await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request)).toMatchObject({
      kind: 'answered',
      deliveredTo: 'mock',
      response: { body: 'mock' },
    });
  });

  it('deliver to a real system from the next call on, in that workspace only', async () => {
    await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request);
    await bench.bindings.set(DEFAULT_WORKSPACE, 'payments', {
      kind: 'real',
      baseUrl: `${bench.baseUrl}/`,
      headers: { 'x-key': 's' },
    });
    const delivered = await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request);
    expect(delivered).toMatchObject({
      kind: 'answered',
      deliveredTo: bench.baseUrl,
      response: { status: 200, headers: { 'content-type': 'application/json' }, body: { ok: true } },
    });
    expect(bench.received).toEqual([
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
    expect(bench.received[0]?.headers.host).toBe(new URL(bench.baseUrl).host);
    const elsewhere = await bench.bindings.deliver(workspaceIdSchema.parse('other'), service, request);
    expect(elsewhere.deliveredTo).toBe('mock');
  });

  it('prefer the service’s binding to its block’s, also back to the mock', async () => {
    await bench.bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl: bench.baseUrl });
    await bench.bindings.set(DEFAULT_WORKSPACE, { block: 'payments', service: service.id }, { kind: 'mock' });
    expect(await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request)).toMatchObject({
      deliveredTo: 'mock',
    });
    expect(await bench.bindings.deliver(DEFAULT_WORKSPACE, { ...service, id: 'x' }, request)).toMatchObject({
      deliveredTo: bench.baseUrl,
    });
    await bench.bindings.reset(DEFAULT_WORKSPACE);
    expect(await bench.bindings.deliver(DEFAULT_WORKSPACE, { ...service, id: 'x' }, request)).toMatchObject({
      deliveredTo: 'mock',
    });
  });

  it('set by another process count within a second', async () => {
    await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request);
    const another = bench.newBindings();
    await another.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl: bench.baseUrl });
    await another.close();
    bench.now = new Date(bench.now.getTime() + 1_000);
    expect(await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request)).toMatchObject({
      deliveredTo: bench.baseUrl,
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
    await expect(bench.bindings.set(DEFAULT_WORKSPACE, 'payments', binding)).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining(field) as unknown,
    });
    expect(await bench.bindings.get(DEFAULT_WORKSPACE, 'payments')).toEqual({ kind: 'mock' });
  });
});

describe('a real system', () => {
  const deliver = async (binding: object = {}): ReturnType<Bindings['deliver']> => {
    await bench.bindings.set(DEFAULT_WORKSPACE, 'payments', {
      kind: 'real',
      baseUrl: bench.baseUrl,
      ...binding,
    });
    return bench.bindings.deliver(DEFAULT_WORKSPACE, service, request);
  };

  it('that drops the connection leaves the effect unknown', async () => {
    bench.answer = (_response, incoming) => incoming.socket.destroy();
    const delivered = await deliver();
    expect(delivered).toMatchObject({
      kind: 'lost',
      deliveredTo: bench.baseUrl,
      error: { beforeEffect: false },
    });
    expect(bench.received).toHaveLength(1);
  });

  it('that drops the connection within the answer leaves the effect unknown', async () => {
    bench.answer = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"ok":', () => response.destroy());
    };
    expect(await deliver()).toMatchObject({ kind: 'lost', error: { beforeEffect: false } });
  });

  it('that does not answer in time leaves the effect unknown', async () => {
    bench.answer = () => undefined;
    expect(await deliver({ timeoutMs: 20 })).toMatchObject({
      kind: 'lost',
      error: { beforeEffect: false, message: `${bench.baseUrl}: no answer in time` },
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
    bench.answer = (response) =>
      response.writeHead(302, { location: `${bench.baseUrl}/elsewhere`, connection: 'close' }).end();
    const delivered = await deliver();
    expect(delivered).toMatchObject({
      kind: 'answered',
      response: { status: 302, headers: { location: `${bench.baseUrl}/elsewhere` } },
    });
    expect(bench.received).toHaveLength(1);
    expect(delivered.kind === 'answered' && delivered.response.headers).not.toHaveProperty('connection');
  });

  it.each([
    ['text', 'text/csv', 'a,b', 'a,b'],
    ['JSON of another type', 'application/problem+json', '{"a":1}', { a: 1 }],
    ['what only claims to be JSON', 'application/json', '<html>', '<html>'],
    ['nothing', 'application/json', '', undefined],
  ])('may answer %s', async (_what, type, sent, body) => {
    bench.answer = (response) => response.writeHead(200, { 'content-type': type }).end(sent);
    const delivered = await deliver();
    expect(delivered.kind === 'answered' && delivered.response.body).toEqual(body);
  });

  it('does not hide defects of a mock', async () => {
    bench.mockAnswer = () => Promise.reject(new TypeError('defect'));
    await expect(bench.bindings.deliver(DEFAULT_WORKSPACE, service, request)).rejects.toThrow(TypeError);
  });
});

describe('a binding of an operation', () => {
  it('outranks that of its block, and a service outranks both', async () => {
    await bench.bindings.set(DEFAULT_WORKSPACE, 'payments', {
      kind: 'real',
      baseUrl: `${bench.baseUrl}/block`,
    });
    await bench.bindings.set(
      DEFAULT_WORKSPACE,
      { block: 'payments', operationId: 'pay' },
      { kind: 'real', baseUrl: `${bench.baseUrl}/operation` },
    );
    const to = async (operationId?: string): Promise<string> =>
      (await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request, operationId)).deliveredTo;
    expect([await to('pay'), await to('status'), await to()]).toEqual([
      `${bench.baseUrl}/operation`,
      `${bench.baseUrl}/block`,
      `${bench.baseUrl}/block`,
    ]);
    await bench.bindings.set(DEFAULT_WORKSPACE, { block: 'payments', service: service.id }, { kind: 'mock' });
    expect(await to('pay')).toBe('mock');
    expect(await bench.bindings.remove(DEFAULT_WORKSPACE, { block: 'payments', service: service.id })).toBe(
      true,
    );
    expect(await bench.bindings.remove(DEFAULT_WORKSPACE, { block: 'payments', service: service.id })).toBe(
      false,
    );
    expect(await to('pay')).toBe(`${bench.baseUrl}/operation`);
  });

  it('is refused for an operation that there is not', async () => {
    await expect(
      bench.bindings.set(DEFAULT_WORKSPACE, { block: 'payments', operationId: 'steal' }, { kind: 'mock' }),
    ).rejects.toMatchObject({ code: 'GSB-BLK-003', detail: expect.stringContaining('steal') as unknown });
  });

  it('survives a restart', async () => {
    await bench.bindings.set(
      DEFAULT_WORKSPACE,
      { block: 'payments', operationId: 'pay' },
      { kind: 'spy', baseUrl: bench.baseUrl, headers: { 'x-program': 'USCT' } },
    );
    await bench.bindings.close();
    bench.bindings = bench.newBindings();
    expect(await bench.bindings.list(DEFAULT_WORKSPACE, 'payments')).toEqual([
      {
        target: { block: 'payments', operationId: 'pay' },
        binding: { kind: 'spy', baseUrl: bench.baseUrl, headers: { 'x-program': 'USCT' } },
      },
    ]);
    expect((await bench.bindings.deliver(DEFAULT_WORKSPACE, service, request, 'pay')).deliveredTo).toBe(
      bench.baseUrl,
    );
  });
});
