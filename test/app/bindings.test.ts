import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { bind, type BindOptions } from '../../cli/commands/bind.js';
import { freePort } from '../../cli/free-port.js';
import { readEvents } from '../../cli/live/server-sent-events.js';
import { openSession, type Session } from '../../cli/session.js';
import type { JsonObject } from '../../contracts/json.js';
import { silentLogger } from '../../contracts/logger.js';
import { writeSmallUseCase } from './small-use-case.js';

/** Bindings through the API and the command line of a running sandbox. */

let folder: string;
let dataDir: string;
let session: Session;
let server: Server;
let address: string;
let document: JsonObject | undefined;
let received: string[];

beforeAll(async () => {
  received = [];
  server = createServer((request, response) => {
    received.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    const known = request.url === '/openapi.json' && document !== undefined;
    response
      .writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(known ? document : { none: true }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  folder = await writeSmallUseCase({
    publish: {
      tasks: `  - getTypes:
      call: openapi
      with:
        document: { endpoint: 'govstack://events/openapi.json' }
        operationId: getEventTypeList`,
    },
  });
  const hosts = { SANDBOX_OUTBOUND_HOSTS: new URL(address).host };
  const config = readConfig(hosts, { port: await freePort(), dataDir });
  session = await openSession(config, silentLogger, folder);
}, 60_000);
afterEach(() => {
  document = undefined;
  process.exitCode = 0;
});
afterAll(async () => {
  await session.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function printed(block: string, options: BindOptions): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await bind(block, { url: session.sandbox.origin, ...options });
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

describe('bindings through the API', () => {
  const path = '/blocks/payments/binding';

  it('are for those who operate the sandbox, and with secrets for those who hold them', async () => {
    const binding = { kind: 'real', baseUrl: address, auth: { scheme: 'bearer', secret: 'pay' } };
    await session.as('dora').put('/secrets/pay', { value: 'very-secret-token' });
    await expect(session.as('cora').get(path)).rejects.toMatchObject({ status: 403 });
    await expect(session.as('tara').put(path, binding)).rejects.toMatchObject({ code: 'GSB-AUT-002' });
    await session.as('dora').put(path, { operationId: 'bulkPayment', ...binding });
    const shown = await session.as('tara').get(path);
    expect(shown).toEqual({
      block: 'payments',
      bindings: [{ binding: { kind: 'mock' } }, { operationId: 'bulkPayment', binding }],
    });
    expect(JSON.stringify(shown)).not.toContain('very-secret-token');
    // The candidate was asked for its document with what the binding proves itself with.
    expect(received).toContain('GET /openapi.json Bearer very-secret-token');
  });

  it('are noted in the log of the workspace: who, from, to', async () => {
    const abort = new AbortController();
    const stream = await session.as('tara').stream('/stream?only=log', abort.signal);
    await session.as('tara').put(path, { kind: 'spy', baseUrl: address });
    await session.as('tara').put(path, { kind: 'mock' });
    await session.as('tara').delete(path);
    await expect(session.as('tara').delete(path)).rejects.toMatchObject({ status: 404 });
    const log: JsonObject[] = [];
    for await (const { data } of readEvents(stream)) {
      const { event } = JSON.parse(data) as { event: JsonObject };
      const { time: _, at: __, ...rest } = event;
      if (event['type'] === 'binding.changed') log.push(rest);
      if (log.length === 3) break;
    }
    abort.abort();
    expect(log.slice(-3)).toEqual([
      { type: 'binding.changed', block: 'payments', from: 'default', to: `spy ${address}`, by: 'tara' },
      { type: 'binding.changed', block: 'payments', from: `spy ${address}`, to: 'mock', by: 'tara' },
      { type: 'binding.changed', block: 'payments', from: 'mock', to: 'default', by: 'tara' },
    ]);
  });

  it.each([
    [{ kind: 'real', baseUrl: 'http://169.254.169.254/latest' }, 'baseUrl'],
    [{ kind: 'real', baseUrl: 'https://elsewhere.example' }, 'SANDBOX_OUTBOUND_HOSTS'],
    [{ kind: 'real', baseUrl: '' }, 'baseUrl'],
    [{ kind: 'mock', service: 'SANDBOX/GOV/NOBODY/HERE/x' }, 'service'],
    [{ kind: 'mock', surprise: true }, 'binding'],
  ])('are refused with the field that is wrong: %j', async (binding, said) => {
    await expect(session.as('tara').put(path, binding)).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      message: expect.stringContaining(said) as unknown,
    });
  });
});

describe('a switch to a candidate whose contract breaks', () => {
  it('is refused for what use cases call, told by --check, and done with force', async () => {
    document = { openapi: '3.0.0', paths: { '/something': { get: { responses: {} } } } };
    const block = 'information-mediator';
    const checked = JSON.parse(
      await printed(block, { real: address, document: `${address}/openapi.json`, check: true, json: true }),
    ) as {
      verdict: string;
      operations: { operationId: string; usedBy: string[] }[];
    };
    expect(checked.verdict).toBe('breaking');
    const used = checked.operations.filter(({ usedBy }) => usedBy.length > 0);
    expect(used).toMatchObject([{ operationId: 'getEventTypeList', usedBy: ['small'] }]);
    expect(process.exitCode).toBe(1);
    const wish = { real: address, document: `${address}/openapi.json` };
    await expect(printed(block, wish)).rejects.toMatchObject({
      code: 'GSB-REQ-003',
      detail: expect.stringContaining('getEventTypeList (called by small)') as unknown,
    });
    expect(await printed(block, {})).toBe('information-mediator: mock\n');
    expect(await printed(block, { ...wish, force: true })).toBe(`information-mediator: real ${address}\n`);
    expect(await printed(block, { list: true })).toBe(`information-mediator: real ${address}\n`);
    expect(await printed(block, { mock: true })).toBe('information-mediator: mock\n');
  });
});

describe('sandbox bind', () => {
  it('sends everything that its options say', async () => {
    const wish = {
      spy: address,
      operation: 'lookUpBeneficiary',
      header: ['X-Tenant: gov'],
      renameHeader: ['X-Road-Client=X-Caller'],
      removeHeader: ['X-Trace'],
      rewrite: ['/beneficiary/=/v2/beneficiary'],
      timeout: '5s',
      json: true,
    };
    expect(JSON.parse(await printed('payments', wish))).toEqual({
      block: 'payments',
      operationId: 'lookUpBeneficiary',
      binding: {
        kind: 'spy',
        baseUrl: address,
        timeoutMs: 5000,
        headers: { 'X-Tenant': 'gov' },
        renameHeaders: { 'X-Road-Client': 'X-Caller' },
        removeHeaders: ['X-Trace'],
        rewrite: [{ from: '/beneficiary/', to: '/v2/beneficiary' }],
      },
    });
    expect(await printed('payments', {})).toContain(`payments#lookUpBeneficiary: spy ${address}`);
    await printed('payments', { operation: 'lookUpBeneficiary', reset: true });
    expect(await printed('payments', {})).not.toContain('lookUpBeneficiary');
  });

  it.each([
    [{ real: 'http://a.example', mock: true }, '--real'],
    [{ real: 'http://a.example', auth: 'basic' }, '--secret'],
    [{ real: 'http://a.example', header: ['nothing'] }, '--header'],
    [{ real: 'http://a.example', timeout: 'soon' }, '--timeout'],
  ])('says what is wrong with its options: %j', async (options, said) => {
    await expect(printed('payments', options)).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining(said) as unknown,
    });
  });
});
