import { describe, expect, it } from '@jest/globals';

import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createBrowser, formOf } from './browser.js';
import type { Browser } from './browser.js';
import { listen } from './identity-realm.js';
import { me, open, servers, signIn, start } from './sign-in-bench.js';

describe.each(servers)('sign-in through the server with %s', (_name, keycloak) => {
  it('ends where it began, as the chosen person, with one HttpOnly cookie and no token in the browser', async () => {
    const sandbox = await start({ keycloak });
    const browser = createBrowser();
    expect(await me(browser, sandbox)).toEqual({ principal: null, csrfToken: null, oneClick: false });
    const end = await signIn(browser, sandbox, 'amina-in-browser', '?returnTo=%2Fcases%3Fopen%3D1');
    expect(end.url).toBe(`${sandbox.origin}/cases?open=1`);
    expect(end.html).toBe('cases');
    expect(await me(browser, sandbox)).toEqual({
      principal: expect.objectContaining({
        username: 'amina-in-browser',
        roles: ['citizen'],
        person: 'psn-amina',
      }),
      csrfToken: expect.any(String),
      oneClick: false,
    });
    const cookie = browser.setCookies.find((line) => line.startsWith('sandbox_session='));
    expect(cookie).toMatch(/; Path=\/; Max-Age=36000; HttpOnly; SameSite=Lax$/);
    expect(browser.cookies().filter((name) => name.startsWith('sandbox_sign_in'))).toEqual([]);
    const ours = browser.setCookies.filter((line) => !line.includes('Path=/realms/'));
    expect(ours.join()).not.toMatch(/eyJ[^;]*\.eyJ/);
  });

  it('lets a session change things only with its form token and only with the role', async () => {
    const sandbox = await start({ keycloak });
    const officer = createBrowser();
    await signIn(officer, sandbox, 'bo-in-browser');
    const { csrfToken } = await me(officer, sandbox);
    const decide = (browser: Browser, token?: string): Promise<Response> =>
      browser.request(`${sandbox.origin}/api/decide`, {
        method: 'POST',
        ...(token !== undefined && { headers: { 'X-CSRF-Token': token } }),
      });
    const without = await decide(officer);
    expect(without.status).toBe(403);
    expect(without.headers.get('content-type')).toContain('application/problem+json');
    expect(await without.json()).toMatchObject({ code: 'GSB-AUT-004' });
    expect((await decide(officer, 'guess')).status).toBe(403);
    expect((await decide(officer, csrfToken!)).status).toBe(200);

    const citizen = createBrowser();
    await signIn(citizen, sandbox, 'amina-in-browser');
    const other = (await me(citizen, sandbox)).csrfToken;
    expect(await (await decide(citizen, csrfToken!)).json()).toMatchObject({ code: 'GSB-AUT-004' });
    expect(await (await decide(citizen, other!)).json()).toMatchObject({
      code: 'GSB-AUT-002',
      detail: 'This needs the role case-officer.',
    });
  });

  it('signs out here and at the provider', async () => {
    const sandbox = await start({ keycloak });
    const browser = createBrowser();
    await signIn(browser, sandbox, 'bo-in-browser');
    const before = browser.setCookies
      .filter((line) => line.startsWith('sandbox_session='))
      .at(-1)!
      .split(';')[0]!;
    const { csrfToken } = await me(browser, sandbox);
    expect((await browser.request(`${sandbox.origin}/auth/logout`, { method: 'POST' })).status).toBe(403);
    const out = await browser.request(`${sandbox.origin}/auth/logout`, {
      method: 'POST',
      headers: { 'X-CSRF-Token': csrfToken! },
    });
    const { redirectTo } = (await out.json()) as { redirectTo: string };
    expect(redirectTo.startsWith(`${sandbox.issuer}/`)).toBe(true);
    expect((await me(browser, sandbox)).principal).toBeNull();
    const kept = await fetch(`${sandbox.origin}/api/any`, { headers: { cookie: before } });
    expect(kept.status).toBe(401);

    let page = await browser.go(redirectTo);
    if (/<form/.test(page.html)) {
      const { action, fields } = formOf(page);
      page = await browser.go(action, fields);
    }
    expect(page.url).toBe(`${sandbox.origin}/`);
    const again = await browser.go(`${sandbox.origin}/auth/login`);
    expect(again.html).toMatch(/<form/);
  });

  it('needs no second choice while the provider remembers, and gives the new session a new id', async () => {
    const sandbox = await start({ keycloak });
    const browser = createBrowser();
    await signIn(browser, sandbox, 'amina-in-browser');
    const sessionCookies = (): string[] =>
      browser.setCookies.flatMap((line) => /^sandbox_session=([^;]+)/.exec(line)?.[1] ?? []);
    expect((await browser.go(`${sandbox.origin}/auth/login?returnTo=/cases`)).url).toBe(
      `${sandbox.origin}/cases`,
    );
    const [first, second] = sessionCookies();
    expect(second).not.toBe(first);
    const former = await fetch(`${sandbox.origin}/api/any`, {
      headers: { cookie: `sandbox_session=${first!}` },
    });
    expect(former.status).toBe(401);
  });

  it('renews the access token behind the session and prolongs the cookie', async () => {
    let ahead = 0;
    const sandbox = await start({ keycloak, clock: { now: () => new Date(Date.now() + ahead) } });
    const browser = createBrowser();
    await signIn(browser, sandbox, 'bo-in-browser');
    browser.setCookies.length = 0;
    ahead = 20 * 60_000;
    const together = await Promise.all(
      [1, 2, 3].map(() => browser.request(`${sandbox.origin}/api/any`).then((response) => response.status)),
    );
    expect(together).toEqual([200, 200, 200]);
    expect(browser.setCookies.some((line) => line.startsWith('sandbox_session='))).toBe(true);
    ahead += 11 * 60 * 60_000;
    expect((await browser.request(`${sandbox.origin}/api/any`)).status).toBe(401);
  });

  it('refuses answers that do not belong to this browser or were already used', async () => {
    const sandbox = await start({ keycloak });
    const browser = createBrowser();
    const callbacks: string[] = [];
    const login = await browser.go(`${sandbox.origin}/auth/login`);
    const { action, fields } = formOf(login);
    let response = await browser.request(action, {
      method: 'POST',
      body: new URLSearchParams(
        login.html.includes('name="persona"')
          ? { persona: 'admin-zoe' }
          : { ...fields, username: 'admin-zoe', password: 'admin-zoe' },
      ),
    });
    for (let location = response.headers.get('location'); location !== null;) {
      const next = new URL(location, action).href;
      if (next.includes('/auth/callback')) {
        callbacks.push(next);
        break;
      }
      response = await browser.request(next);
      location = response.headers.get('location');
    }
    const callback = callbacks[0]!;
    const stranger = await createBrowser().request(callback);
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('set-cookie')).toBeNull();

    const changed = new URL(callback);
    changed.searchParams.set('state', 'x'.repeat(43));
    expect((await browser.request(changed.href)).status).toBe(401);
    expect((await browser.request(callback)).status).toBe(303);
    expect((await browser.request(callback)).status).toBe(401);
  });

  it('refuses a redirect address that the realm does not name', async () => {
    const sandbox = await start({ keycloak });
    const login = await createBrowser().request(`${sandbox.origin}/auth/login`);
    const authorization = new URL(login.headers.get('location')!);
    for (const address of [
      'https://evil.example/auth/callback',
      'http://localhost.evil.example/auth/callback',
      'http://localhost:4000/auth/callback/../../x',
      'http://localhost:4000@evil.example/auth/callback',
    ]) {
      authorization.searchParams.set('redirect_uri', address);
      const answer = await createBrowser().request(authorization.href);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    }
  });
});

describe('sign-in with the embedded provider only', () => {
  it('survives a restart: the session here, the session there, and the keys', async () => {
    const server = await listen();
    open.push(server);
    const documents = createMemoryDocuments();
    const sandbox = await start({ keycloak: undefined, documents, server });
    const browser = createBrowser();
    await signIn(browser, sandbox, 'amina-in-browser');
    const later = { now: () => new Date(Date.now() + 16 * 60_000) };
    await start({ keycloak: undefined, documents, server, clock: later });
    expect((await me(browser, sandbox)).principal).toMatchObject({ username: 'amina-in-browser' });
    expect((await browser.go(`${sandbox.origin}/auth/login?returnTo=/cases`)).html).toBe('cases');
  });

  it('brings a browser that came by another name to PUBLIC_URL first', async () => {
    const sandbox = await start({ keycloak: undefined });
    const elsewhere = sandbox.origin.replace('localhost', '127.0.0.1');
    const browser = createBrowser();
    const end = await signIn(browser, { ...sandbox, origin: elsewhere }, 'admin-zoe', '?returnTo=/cases');
    expect(end.url).toBe(`${sandbox.origin}/cases`);
  });

  it('ends the session when the provider no longer knows it', async () => {
    const documents = createMemoryDocuments();
    let ahead = 0;
    const sandbox = await start({
      keycloak: undefined,
      documents,
      clock: { now: () => new Date(Date.now() + ahead) },
    });
    const browser = createBrowser();
    await signIn(browser, sandbox, 'amina-in-browser');
    await documents.collection('identity-provider').deleteByPrefix('RefreshToken:');
    expect((await browser.request(`${sandbox.origin}/api/any`)).status).toBe(200);
    ahead = 15 * 60_000;
    expect((await browser.request(`${sandbox.origin}/api/any`)).status).toBe(401);
  });
});
