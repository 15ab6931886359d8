import { afterEach, describe, expect, it } from '@jest/globals';
import { startMockServer, type MockServer, type MockServerOptions } from '../../app/mock-server.js';
import { readMockSeeds } from '../../app/mock-seeds.js';
import { blockIds } from '../../contracts/block.js';
import { silentLogger } from '../../contracts/logger.js';

let server: MockServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(
  options: Pick<MockServerOptions, 'block' | 'seed' | 'onRequest'> & { port?: number },
): Promise<MockServer> {
  server = await startMockServer({
    port: 0,
    host: '127.0.0.1',
    realClock: { now: () => new Date() },
    logger: silentLogger,
    ...options,
  });
  return server;
}

const client = { 'information-mediator-client': 'SANDBOX/GOV/TEST/CLIENT' };
const json = { ...client, 'content-type': 'application/json' };

describe('a block that is served alone', () => {
  it.each(blockIds)('has its pages and its contract at the root: %s', async (block) => {
    const { origin } = await start({ block });
    const contract = (await (await fetch(`${origin}/openapi.json`)).json()) as { openapi: string };
    expect(contract.openapi).toBe('3.1.0');
    const page = await fetch(`${origin}/docs/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('swagger')]);
  });

  it('answers without sign-in, keeps state, and forgets it at a reset', async () => {
    const { origin, reset } = await start({ block: 'digital-registries', seed: 'compliance' });
    const list = async (): Promise<unknown> =>
      (await fetch(`${origin}/data/registryempty/111`, { headers: client })).json();
    const created = await fetch(`${origin}/data/registryempty/111/create`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ write: { content: { ID: 'N-1', FirstName: 'Nia' } } }),
    });
    expect(created.status).toBe(200);
    expect(await list()).toMatchObject({ count: 1, results: [{ ID: 'N-1', FirstName: 'Nia' }] });
    await reset();
    expect(await list()).toEqual({ count: 0, results: [] });
  });

  it('keeps a journal of what it was asked, and writes a request so that it can be sent again', async () => {
    const heard: string[] = [];
    const { origin } = await start({
      block: 'digital-registries',
      seed: 'compliance',
      onRequest: ({ method, path, status, rule }) => heard.push(`${method} ${path} ${status} ${rule}`),
    });
    await fetch(`${origin}/data/registryname/111`, { headers: client });
    await fetch(`${origin}/nowhere?x=1`, { headers: client });
    const journal = (await (await fetch(`${origin}/sandbox/journal?status=404`)).json()) as {
      entries: { entry: number; path: string; client: string }[];
    };
    expect(journal.entries).toMatchObject([
      { entry: 2, path: '/nowhere', client: client['information-mediator-client'] },
    ]);
    expect(heard).toEqual(['GET /data/registryname/111 200 listed', 'GET /nowhere 404 no-operation']);
    const copy = await fetch(`${origin}/sandbox/journal/2/copy?as=curl`);
    expect(await copy.text()).toContain(`--request GET '${origin}/nowhere?x=1'`);
    expect((await fetch(`${origin}/sandbox/journal`, { method: 'DELETE' })).status).toBe(204);
    expect(await (await fetch(`${origin}/sandbox/journal`)).json()).toEqual({ entries: [] });
  });

  it('answers where the discovery document of identity says', async () => {
    const { origin } = await start({ block: 'identity' });
    const discovery = await fetch(`${origin}/.well-known/openid-configuration`);
    const { jwks_uri: keys } = (await discovery.json()) as { jwks_uri: string };
    expect(keys.startsWith(origin)).toBe(true);
    expect((await fetch(keys)).status).toBe(200);
  });

  it('keeps two instances apart', async () => {
    const first = await start({ block: 'digital-registries', seed: 'compliance' });
    const second = await startMockServer({
      block: 'digital-registries',
      port: 0,
      host: '127.0.0.1',
      realClock: { now: () => new Date() },
      logger: silentLogger,
    });
    const status = async ({ origin }: MockServer): Promise<number> =>
      (await fetch(`${origin}/data/registryname/111`, { headers: client })).status;
    expect([await status(first), await status(second)]).toEqual([200, 404]);
    await second.close();
  });

  it('relays to what stands behind the mediator, by its rights', async () => {
    const { origin } = await start({ block: 'information-mediator', seed: 'compliance' });
    const service = `${origin}/r1/identifier/identifier/alp4aNum3r1c/alp4aNum3r1c/alp4aNum3r1c`;
    const ask = (caller: string, operation: string) =>
      fetch(`${service}/registryname/111/${operation}`, {
        method: 'POST',
        headers: { 'x-road-client': caller, 'content-type': 'application/json' },
        body: JSON.stringify({ query: { content: { id: 'R-1' } } }),
      });
    const allowed = await ask('eGovStack/GOV/90000009/digitalregistries', 'read');
    expect(await allowed.json()).toEqual({ content: { id: 'R-1', name: 'First record' } });
    const refused = await ask('eGovStack/GOV/90000009/digitalregistries', 'create');
    expect(refused.headers.get('x-road-error')).toMatch(/^Server\.ServerProxy\.AccessDenied/);
  });

  it('says which seeds there are, and that a port is taken', async () => {
    await expect(start({ block: 'digital-registries', seed: 'nothing' })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
      detail: expect.stringContaining('compliance'),
    });
    await expect(readMockSeeds('digital-registries', '../seeds/compliance')).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
    await expect(readMockSeeds('financial-institution', 'compliance')).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
    const { origin } = await start({ block: 'scheduler' });
    await expect(
      startMockServer({
        block: 'scheduler',
        port: Number(new URL(origin).port),
        host: '127.0.0.1',
        realClock: { now: () => new Date() },
        logger: silentLogger,
      }),
    ).rejects.toMatchObject({ code: 'GSB-CFG-002' });
  });
});
