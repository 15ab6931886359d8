import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';

import type { DocumentStore } from '../../../../contracts/documents.js';
import { silentLogger } from '../../../../contracts/logger.js';
import { createEmbeddedIdentity } from '../../../../infra/identity/embedded/embedded-identity.js';
import type { EmbeddedIdentity } from '../../../../infra/identity/embedded/embedded-identity.js';
import { createMemoryDocuments } from '../../../../infra/memory/memory-documents.js';
import { createBrowser, formOf } from '../../../contract/browser.js';
import { listen, testRealm } from '../../../contract/identity-realm.js';
import type { Listening } from '../../../contract/identity-realm.js';

const clock = { now: () => new Date() };

async function create(
  options: {
    publicUrl?: string;
    environment?: Record<string, string>;
    allowBeyondLoopback?: boolean;
    documents?: DocumentStore;
  } = {},
): Promise<EmbeddedIdentity> {
  return createEmbeddedIdentity({
    realm: await testRealm(),
    publicUrl: 'http://localhost:4000',
    documents: createMemoryDocuments(),
    clock,
    logger: silentLogger,
    environment: {},
    ...options,
  });
}

describe('where the embedded provider may run', () => {
  it.each(['http://localhost:4000', 'http://127.0.0.1:1', 'http://127.8.9.1', 'http://[::1]:4000'])(
    'runs on %s',
    async (publicUrl) => {
      expect((await create({ publicUrl })).issuer).toBe(`${publicUrl}/realms/govstack`);
    },
  );

  it.each([
    'http://192.168.1.20:4000',
    'https://sandbox.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://0.0.0.0:4000',
    'http://[::2]:4000',
  ])('refuses %s, unless told otherwise', async (publicUrl) => {
    await expect(create({ publicUrl })).rejects.toMatchObject({ code: 'GSB-CFG-001' });
    expect((await create({ publicUrl, allowBeyondLoopback: true })).issuer).toContain('/realms/govstack');
  });

  it('refuses production, whatever is allowed', async () => {
    await expect(
      create({ environment: { NODE_ENV: 'production' }, allowBeyondLoopback: true }),
    ).rejects.toMatchObject({
      code: 'GSB-CFG-001',
      detail: expect.stringContaining('NODE_ENV'),
    });
  });

  it('keeps its keys with the data, also when two start at once, and shows only the public half', async () => {
    const documents = createMemoryDocuments();
    const [first, second] = await Promise.all([create({ documents }), create({ documents })]);
    expect(first.keys).toEqual(second.keys);
    expect((await create({ documents })).keys).toEqual(first.keys);
    expect(Object.keys(first.keys.keys[0]!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect((await create()).keys).not.toEqual(first.keys);
  });
});

describe('the embedded provider over HTTP', () => {
  let server: Listening;
  let identity: EmbeddedIdentity;
  let protocol: string;
  let documents: DocumentStore;

  beforeAll(async () => {
    server = await listen();
    documents = createMemoryDocuments();
    identity = await create({ publicUrl: server.origin, documents });
    protocol = `${identity.issuer}/protocol/openid-connect`;
    server.handle = express().use(identity.router);
  });
  afterAll(() => server.close());

  const authorize = (extra: Record<string, string> = {}): string =>
    `${protocol}/auth?${new URLSearchParams({
      client_id: 'sandbox-console',
      redirect_uri: `${server.origin}/auth/callback`,
      response_type: 'code',
      scope: 'openid profile',
      state: 's',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
      ...extra,
    }).toString()}`;

  it('describes itself by PUBLIC_URL, by whatever name it was asked', async () => {
    const port = new URL(server.origin).port;
    const described = await fetch(
      `http://127.0.0.1:${port}/realms/govstack/.well-known/openid-configuration`,
      { headers: { 'X-Forwarded-Host': 'evil.example' } },
    );
    expect(await described.json()).toMatchObject({
      issuer: identity.issuer,
      authorization_endpoint: `${protocol}/auth`,
      token_endpoint: `${protocol}/token`,
      jwks_uri: `${protocol}/certs`,
      userinfo_endpoint: `${protocol}/userinfo`,
      end_session_endpoint: `${protocol}/logout`,
      device_authorization_endpoint: `${protocol}/auth/device`,
    });
    expect(await (await fetch(`${protocol}/certs`)).json()).toEqual(identity.keys);
  });

  it('offers one card per person, says that it is training, and escapes what use cases say', async () => {
    const visit = await createBrowser().go(authorize());
    expect(visit.html).toContain('<html lang="en" dir="ltr">');
    expect(visit.html).toContain('Training sandbox – not real people');
    expect(visit.html.match(/<button name="persona"/g)).toHaveLength(10);
    expect(visit.html).toContain('Applies for the &#60;cash transfer&#62; &#38; waits.');
    expect(visit.html).toContain('Zoe &#34;Root&#34; Admin');
    expect(visit.html).not.toMatch(/https?:\/\/(?!localhost)/);
    const policy = visit.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    for (const [, id] of visit.html.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)) {
      expect(visit.html).toContain(`id="${id!}"`);
    }
  });

  it.each([
    [{ ui_locales: 'ar' }, {}, 'ar', 'rtl'],
    [{}, { 'Accept-Language': 'de-CH, fr;q=0.8' }, 'fr', 'ltr'],
    [{ ui_locales: 'xx"><script>' }, {}, 'en', 'ltr'],
  ])('speaks the language that is asked for: %j %j', async (extra, headers, language, direction) => {
    const browser = createBrowser();
    const first = await browser.request(authorize(extra));
    const picker = await browser.request(new URL(first.headers.get('location')!, server.origin).href, {
      headers: headers as Record<string, string>,
    });
    const html = await picker.text();
    expect(html).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(html).not.toContain('<script>');
  });

  it('goes on at once as the person who was asked for, and asks when there is no such person', async () => {
    const [known, unknown] = await Promise.all(
      ['amina-citizen', 'nobody'].map((hint) =>
        createBrowser().go(authorize({ login_hint: hint, prompt: 'login' })),
      ),
    );
    expect(new URL(known!.url).searchParams.get('code')).toMatch(/./);
    expect(unknown!.html).toContain('<button name="persona"');
  });

  it('lets nobody in as a person who is not there, and explains a lost sign-in', async () => {
    const browser = createBrowser();
    const { action } = formOf(await browser.go(authorize()));
    expect((await browser.go(action, { persona: 'service-account-sandbox-runtime' })).status).toBe(400);
    expect((await browser.go(action, {})).status).toBe(400);
    const lost = await createBrowser().go(action);
    expect(lost.status).toBe(401);
    expect(lost.html).toContain('begun in another browser');
  });

  it.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }],
    ['with plain PKCE', { code_challenge_method: 'plain' }],
    ['the implicit flow', { response_type: 'token' }],
  ])('refuses %s', async (_what, extra) => {
    const response = await createBrowser().request(authorize(extra));
    const location = response.headers.get('location');
    const error = location === null ? response.status : /[?#&]error=([a-z_]+)/.exec(location)?.[1];
    expect([400, 'invalid_request', 'unsupported_response_type', 'unauthorized_client']).toContain(error);
    expect(location ?? '').not.toContain('/login/');
  });

  it('signs a device in after a person confirmed its code', async () => {
    const post = (path: string, form: Record<string, string>): Promise<Response> =>
      fetch(`${protocol}${path}`, { method: 'POST', body: new URLSearchParams(form) });
    const device = (await (
      await post('/auth/device', { client_id: 'sandbox-cli', scope: 'openid profile' })
    ).json()) as Record<string, string>;
    const browser = createBrowser();
    const entry = formOf(await browser.go(device.verification_uri!));
    const confirm = await browser.go(entry.action, { ...entry.fields, user_code: device.user_code! });
    expect(confirm.html).toContain(device.user_code!);
    const confirmed = formOf(confirm);
    const picker = formOf(await browser.go(confirmed.action, confirmed.fields));
    const done = await browser.go(picker.action, { persona: 'admin-zoe' });
    expect(done.html).toContain('You can close this page');
    const granted = (await (
      await post('/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: 'sandbox-cli',
        device_code: device.device_code!,
      })
    ).json()) as Record<string, string>;
    expect(await identity.verifier.verify(granted.access_token!)).toMatchObject({
      username: 'admin-zoe',
      roles: ['administrator'],
      workspace: 'w-classroom',
    });
    await expect(identity.verifier.verify(granted.id_token!)).rejects.toMatchObject({ code: 'GSB-AUT-001' });

    const info = await fetch(`${protocol}/userinfo`, {
      headers: { authorization: `Bearer ${granted.access_token!}` },
    });
    expect(await info.json()).toMatchObject({ preferred_username: 'admin-zoe', name: 'Zoe "Root" Admin' });
  });

  it('takes PUBLIC_URL for an address to come back to, and no other of that network', async () => {
    const classroom = await create({ publicUrl: 'http://192.168.1.20:4000', allowBeyondLoopback: true });
    const inside = await listen();
    inside.handle = express().use(classroom.router);
    const ask = async (address: string): Promise<string | null> => {
      const path = new URL(authorize({ redirect_uri: address }));
      return (await createBrowser().request(inside.origin + path.pathname + path.search)).headers.get(
        'location',
      );
    };
    expect(await ask('http://192.168.1.20:4000/auth/callback')).toMatch(/^\/realms\/govstack\/login\//);
    expect(await ask('http://192.168.1.21:4000/auth/callback')).toBeNull();
    await inside.close();
  });

  it('answers user information only to a good token', async () => {
    for (const authorization of ['', 'Bearer x', 'Basic YTpi']) {
      const response = await fetch(`${protocol}/userinfo`, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
    }
  });
});
