import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { DocumentStore } from '../../../../contracts/documents.js';
import { silentLogger } from '../../../../contracts/logger.js';
import { StoreUnavailableError } from '../../../../contracts/store-unavailable.js';
import { createEmbeddedIdentity } from '../../../../infra/identity/embedded/embedded-identity.js';
import { createMemoryDocuments } from '../../../../infra/memory/memory-documents.js';
import { createProblemHandler } from '../../../../orchestrator/http/problem-handler.js';
import { createBrowser, formOf, type Browser } from '../../../contract/browser.js';
import { listen, testRealm, type Listening } from '../../../contract/identity-realm.js';

/** Documents that can be taken away, and given back. */
function removable(): { readonly documents: DocumentStore; away: boolean } {
  const kept = createMemoryDocuments();
  const state = {
    away: false,
    documents: {
      ...kept,
      collection: (name: string, indexes?: readonly string[]) =>
        Object.fromEntries(
          Object.entries(kept.collection(name, indexes)).map(([method, call]) => [
            method,
            (...args: unknown[]): unknown =>
              state.away
                ? Promise.reject(new StoreUnavailableError('documents', { cause: new Error('ECONNREFUSED') }))
                : (call as (...args: unknown[]) => unknown)(...args),
          ]),
        ),
    } as unknown as DocumentStore,
  };
  return state;
}

describe('the embedded provider while its documents are away', () => {
  const store = removable();
  let server: Listening;
  let realm: string;
  let authorization: string;

  beforeAll(async () => {
    server = await listen();
    const identity = await createEmbeddedIdentity({
      realm: await testRealm(),
      publicUrl: server.origin,
      documents: store.documents,
      clock: { now: () => new Date() },
      logger: silentLogger,
      environment: { SANDBOX_NATIONAL_ID_URL: `${server.origin}/blocks/identity` },
    });
    realm = identity.issuer;
    authorization = `${realm}/protocol/openid-connect/auth?${new URLSearchParams({
      client_id: 'sandbox-console',
      redirect_uri: `${server.origin}/auth/callback`,
      response_type: 'code',
      scope: 'openid profile',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    }).toString()}`;
    server.handle = express().use(identity.router, createProblemHandler(silentLogger));
  });
  beforeEach(() => {
    store.away = false;
  });
  afterAll(() => server.close());

  async function picker(browser: Browser): Promise<string> {
    return formOf(await browser.go(authorization)).action;
  }
  async function expectWaiting(answer: Response): Promise<void> {
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('location')]).toEqual([
      503,
      '2',
      null,
    ]);
    expect(await answer.text()).toContain('load this page again');
  }

  it('asks a person to wait at every step, and the sign-in goes on afterwards', async () => {
    const browser = createBrowser();
    const action = await picker(browser);
    store.away = true;
    const persona = { method: 'POST', body: new URLSearchParams({ persona: 'amina-citizen' }) };
    await expectWaiting(await browser.request(authorization));
    await expectWaiting(await browser.request(action));
    await expectWaiting(await browser.request(action, persona));
    await expectWaiting(await browser.request(`${action}/national-id`));
    await expectWaiting(await browser.request(`${realm}/protocol/openid-connect/logout`));
    await expectWaiting(await browser.request(`${realm}/device`));
    store.away = false;
    const done = await browser.go(action, { persona: 'amina-citizen' });
    expect(new URL(done.url).searchParams.get('code')).toMatch(/./);
  });

  it('asks a person to wait on the way back from the national ID', async () => {
    const browser = createBrowser();
    const action = await picker(browser);
    const left = await browser.request(`${action}/national-id`);
    const state = new URL(left.headers.get('location') ?? '').searchParams.get('state') ?? '';
    store.away = true;
    const back = new URLSearchParams({ state, code: 'c' }).toString();
    await expectWaiting(await browser.request(`${realm}/broker/national-id/endpoint?${back}`));
    await expectWaiting(await browser.request(`${action}/national-id/done`));
  });

  it('waits too where it is the national ID that cannot go on', async () => {
    const browser = createBrowser();
    const action = await picker(browser);
    const left = await browser.request(`${action}/national-id`);
    const state = new URL(left.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const { handle } = server;
    server.handle = express()
      .use('/blocks/identity', (_request, response) => void response.status(503).json({}))
      .use(handle);
    const back = new URLSearchParams({ state, code: 'c' }).toString();
    await expectWaiting(await browser.request(`${realm}/broker/national-id/endpoint?${back}`));
    server.handle = handle;
  });

  it.each([
    ['a password', '/token', { grant_type: 'password', username: 'amina-citizen', password: 'x' }],
    ['a refresh token', '/token', { grant_type: 'refresh_token', refresh_token: 'x' }],
    ['a device', '/auth/device', {}],
  ])('tells a program that signs in with %s to come again', async (_what, path, form) => {
    store.away = true;
    const answer = await fetch(`${realm}/protocol/openid-connect${path}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ client_id: 'sandbox-cli', ...form } as Record<string, string>),
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toMatchObject({ error: 'temporarily_unavailable' });
  });
});
