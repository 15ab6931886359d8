import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { freePort } from '../../cli/free-port.js';
import { openSession, type Session } from '../../cli/session.js';
import { lanAddress } from '../../cli/share/lan-address.js';
import { silentLogger } from '../../contracts/logger.js';
import { createBrowser, formOf } from '../contract/browser.js';

jest.setTimeout(120_000);
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(
  environment: NodeJS.ProcessEnv,
  share?: string,
): Promise<{ session: Session; port: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'share-'));
  closing.push(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const session = await openSession(readConfig(environment, { port, dataDir, share }), silentLogger);
  closing.push(() => session.close());
  return { session, port };
}

/** A reverse proxy as people put one before the sandbox: it ends TLS (so we say here) and tells whom it speaks for. */
async function proxyTo(port: number, name: string): Promise<string> {
  const server: Server = createServer((request, response) => {
    const headers = {
      ...request.headers,
      // The sandbox sees the proxy's own name of it; the browser's is told beside.
      host: `127.0.0.1:${port}`,
      'x-forwarded-host': name,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.9',
    };
    const onward = send(
      { port, host: '127.0.0.1', method: request.method, path: request.url, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the sandbox behind a proxy', () => {
  it('signs people in at its https address, with cookies for https only', async () => {
    const publicUrl = 'https://sandbox.example';
    const { port } = await open({ PUBLIC_URL: publicUrl, HOST: '127.0.0.1' }, '127.0.0.1');
    const proxy = await proxyTo(port, 'sandbox.example');
    const asked: string[] = [];
    const browser = createBrowser((input, init) => {
      const address = input instanceof Request ? input.url : input.toString();
      asked.push(address);
      return fetch(address.replace(publicUrl, proxy), init);
    });
    const first = await browser.request(`${publicUrl}/auth/login?returnTo=/cases`);
    const authorization = new URL(first.headers.get('location')!);
    expect(authorization.origin).toBe(publicUrl);
    expect(authorization.searchParams.get('redirect_uri')).toBe(`${publicUrl}/auth/callback`);
    const picker = formOf(await browser.go(`${publicUrl}/auth/login?returnTo=/cases`));
    const end = await browser.go(picker.action, { persona: 'amina' });
    expect(end.url).toBe(`${publicUrl}/cases`);
    expect(asked.every((address) => address.startsWith(`${publicUrl}/`))).toBe(true);
    const set = browser.setCookies.filter((line) => !/max-age=0|expires=Thu, 01 Jan 1970/i.test(line));
    expect(set.length).toBeGreaterThan(2);
    for (const line of set) expect(line).toMatch(/; *secure/i);
    const me = (await (await browser.request(`${publicUrl}/auth/me`)).json()) as { principal: unknown };
    expect(me.principal).toMatchObject({ username: 'amina' });
  });
});

describe('a shared sandbox', () => {
  const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  const login = (origin: string): Promise<Response> =>
    fetch(`${origin}/auth/login`, { headers: forged, redirect: 'manual' });

  it('answers at the address of its network, and believes no forwarded header that comes from there', async () => {
    const address = lanAddress();
    const { session, port } = await open({}, address);
    const publicUrl = `http://${address}:${port}`;
    expect(session.sandbox.publicUrl).toBe(publicUrl);
    const direct = await login(publicUrl);
    expect(direct.headers.get('location')).toMatch(`${publicUrl}/realms/govstack/`);
    // From this machine a proxy may say by what name it was asked; nobody is ever sent to that name.
    const local = await login(`http://127.0.0.1:${port}`);
    expect(local.headers.get('location')).toMatch(`${publicUrl}/auth/login?`);
  });

  it('believes the address that SANDBOX_TRUST_PROXY names', async () => {
    const address = lanAddress();
    const { port } = await open({ SANDBOX_TRUST_PROXY: address }, address);
    const publicUrl = `http://${address}:${port}`;
    expect((await login(publicUrl)).headers.get('location')).toMatch(`${publicUrl}/auth/login?`);
  });

  it('opens to nobody else unless told to', async () => {
    const refused = expect.objectContaining({
      code: 'GSB-CFG-001',
      detail: expect.stringContaining('--share'),
    });
    await expect(open({ HOST: '0.0.0.0' })).rejects.toEqual(refused);
    await expect(open({ PUBLIC_URL: 'https://sandbox.example' })).rejects.toEqual(refused);
  });
});
