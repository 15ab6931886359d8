import { describe, expect, it, jest } from '@jest/globals';

import { clients } from '../../contracts/identity.js';
import { createServiceToken } from '../../orchestrator/identity/machine-tokens.js';
import { findProvider, signInByDevice, usernameOf } from '../../orchestrator/identity/device-flow.js';
import { requestTokens } from '../../orchestrator/identity/token-endpoint.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createBrowser, formOf, type Browser, type Visit } from './browser.js';
import { listen } from './identity-realm.js';
import { me, open, servers, signIn, start, type Sandbox } from './sign-in-bench.js';

jest.setTimeout(120_000);
const clock = { now: () => new Date() };

async function signOut(browser: Browser, sandbox: Sandbox, query = ''): Promise<string> {
  const { csrfToken } = await me(browser, sandbox);
  const answer = await browser.request(`${sandbox.origin}/auth/logout${query}`, {
    method: 'POST',
    headers: { 'X-CSRF-Token': csrfToken ?? '' },
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { redirectTo: string }).redirectTo;
}

const isSignedIn = async (browser: Browser, sandbox: Sandbox): Promise<boolean> =>
  (await me(browser, sandbox)).principal !== null;

/** Fills in whatever pages the provider shows until there is no form any more. */
async function confirmDevice(
  browser: Browser,
  address: string,
  persona: string,
  code: string,
): Promise<Visit> {
  let page = await browser.go(address);
  for (let step = 0; step < 6 && /<form/.test(page.html); step += 1) {
    const { action, fields } = formOf(page);
    const asks = (name: string): boolean => page.html.includes(`name="${name}"`);
    const answers = asks('persona')
      ? { persona }
      : asks('username')
        ? { ...fields, username: persona, password: persona }
        : asks('device_user_code')
          ? { ...fields, device_user_code: code }
          : asks('accept')
            ? { ...fields, accept: 'Yes' }
            : { ...fields, ...(asks('user_code') && !('confirm' in fields) && { user_code: code }) };
    page = await browser.go(action, answers);
  }
  return page;
}

describe.each(servers)('signing in and out with %s', (_name, keycloak) => {
  it('ends only this browser’s session, or every one of that person, and nobody else’s', async () => {
    const sandbox = await start({ keycloak });
    const [desk, phone, tablet, amina] = [1, 2, 3, 4].map(() => createBrowser()) as [
      Browser,
      Browser,
      Browser,
      Browser,
    ];
    for (const browser of [desk, phone, tablet]) await signIn(browser, sandbox, 'lin-everywhere');
    await signIn(amina, sandbox, 'amina-in-browser');
    await signOut(tablet, sandbox);
    expect(await isSignedIn(desk, sandbox)).toBe(true);
    const without = await desk.request(`${sandbox.origin}/auth/logout?everywhere`, { method: 'POST' });
    expect(without.status).toBe(403);
    expect(await isSignedIn(phone, sandbox)).toBe(true);

    await signOut(desk, sandbox, '?everywhere');
    expect(await Promise.all([desk, phone].map((browser) => isSignedIn(browser, sandbox)))).toEqual([
      false,
      false,
    ]);
    // At the provider, too: the other browser is asked who it is.
    expect((await phone.go(`${sandbox.origin}/auth/login`)).html).toMatch(/<form/);
    expect(await isSignedIn(amina, sandbox)).toBe(true);
    expect((await amina.go(`${sandbox.origin}/auth/login?returnTo=/cases`)).html).toBe('cases');
  });

  it('signs a terminal in by a code that a browser confirms, until it signs out', async () => {
    const sandbox = await start({ keycloak });
    const provider = await findProvider(sandbox.origin, fetch);
    expect(provider.issuer).toBe(sandbox.issuer);
    let shown: { userCode: string; address: string } | undefined;
    let polls = 0;
    const grant = await signInByDevice({
      provider,
      clientId: clients.cli,
      clock,
      fetch,
      show: ({ userCode, verificationUri, verificationUriComplete }) => {
        shown = { userCode, address: verificationUriComplete ?? verificationUri };
      },
      sleep: async () => {
        polls += 1;
        if (polls === 2) await confirmDevice(createBrowser(), shown!.address, 'device-dee', shown!.userCode);
        // Keycloak wants to be left alone between two questions.
        if (polls > 1 && keycloak !== undefined) await new Promise((resolve) => setTimeout(resolve, 5_100));
      },
    });
    expect(usernameOf(grant.accessToken)).toBe('device-dee');
    expect(await sandbox.verifier.verify(grant.accessToken)).toMatchObject({ roles: ['developer'] });
    const renew = (): ReturnType<typeof requestTokens> =>
      requestTokens(
        provider.token,
        { grant_type: 'refresh_token', client_id: clients.cli, refresh_token: grant.refreshToken! },
        fetch,
      );
    expect(usernameOf((await renew()).accessToken)).toBe('device-dee');
    await fetch(provider.revocation, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clients.cli, token: grant.refreshToken! }),
    });
    await expect(renew()).rejects.toMatchObject({ code: 'GSB-AUT-001' });
  });

  it('gives builds a token for their client, and none for a wrong secret', async () => {
    const sandbox = await start({ keycloak });
    const { token: tokenEndpoint } = await findProvider(sandbox.origin, fetch);
    const tokenFor = (clientSecret: string): Promise<string> =>
      createServiceToken({ tokenEndpoint, clientId: clients.ci, clientSecret, clock })();
    const principal = await sandbox.verifier.verify(await tokenFor('training-only-ci-secret'));
    expect(principal.username).toBe('service-account-sandbox-ci');
    expect([...principal.roles].sort()).toEqual(['developer', 'trainer']);
    await expect(tokenFor('guess')).rejects.toMatchObject({ code: 'GSB-AUT-001' });
  });

  it('holds an account back for a while after wrong passwords, also against the right one', async () => {
    const sandbox = await start({ keycloak });
    const { token } = await findProvider(sandbox.origin, fetch);
    const ask = async (password: string): Promise<number> =>
      (
        await fetch(token, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'password',
            client_id: clients.cli,
            username: 'held-back',
            password,
          }),
        })
      ).status;
    for (let guess = 0; guess < 3; guess += 1)
      expect(await ask(`guess-${guess}`)).toBeGreaterThanOrEqual(400);
    expect(await ask('held-back')).toBeGreaterThanOrEqual(400);
  });

  it('keeps people signed in over a restart of the sandbox', async () => {
    const server = await listen();
    open.push(server);
    const documents = createMemoryDocuments();
    const sandbox = await start({ keycloak, documents, server });
    const browser = createBrowser();
    await signIn(browser, sandbox, 'bo-in-browser');
    const later = { now: () => new Date(Date.now() + 16 * 60_000) };
    await start({ keycloak, documents, server, clock: later });
    expect((await me(browser, sandbox)).principal).toMatchObject({ username: 'bo-in-browser' });
    expect((await browser.go(`${sandbox.origin}/auth/login?returnTo=/cases`)).html).toBe('cases');
  });

  it('tells the lifetimes of the realm file', async () => {
    const sandbox = await start({ keycloak });
    const { token: tokenEndpoint } = await findProvider(sandbox.origin, fetch);
    const { expiresIn } = await requestTokens(
      tokenEndpoint,
      {
        grant_type: 'client_credentials',
        client_id: clients.ci,
        client_secret: 'training-only-ci-secret',
      },
      fetch,
    );
    expect(expiresIn).toBe(900);
    const { deviceAuthorization } = await findProvider(sandbox.origin, fetch);
    const device = await fetch(deviceAuthorization, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clients.cli, scope: 'openid' }),
    });
    expect(await device.json()).toMatchObject({ expires_in: 600, interval: 5 });
  });
});
