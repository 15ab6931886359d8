import { afterEach } from '@jest/globals';
import express from 'express';
import type { ErrorRequestHandler } from 'express';

import type { DocumentStore } from '../../contracts/documents.js';
import { clients, type TokenVerifier } from '../../contracts/identity.js';
import { silentLogger } from '../../contracts/logger.js';
import { SandboxError, toProblemDocument } from '../../contracts/problems.js';
import { createEmbeddedIdentity } from '../../infra/identity/embedded/embedded-identity.js';
import { createKeycloakConnectVerifier } from '../../infra/identity/keycloak/keycloak-connect-verifier.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createSignIn } from '../../orchestrator/identity/http/sign-in.js';
import { createDiscovery } from '../../orchestrator/identity/provider-endpoints.js';
import { formOf } from './browser.js';
import type { Browser, Visit } from './browser.js';
import { listen, testRealm } from './identity-realm.js';
import type { Listening } from './identity-realm.js';
import { withService } from './services.js';

/** Walks the sign-in as a browser does, against the embedded provider and, where there is one, a real Keycloak. */
export interface Sandbox {
  readonly origin: string;
  readonly issuer: string;
  readonly documents: DocumentStore;
  readonly verifier: TokenVerifier;
}

export const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const asProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof SandboxError)) {
    next(error);
    return;
  }
  response
    .status(error.status)
    .type('application/problem+json')
    .send(JSON.stringify(toProblemDocument(error)));
};

interface StartOptions {
  readonly documents?: DocumentStore;
  readonly clock?: { now(): Date };
  readonly keycloak: string | undefined;
  /** The name that browsers use; requests of the server to itself go to 127.0.0.1. */
  readonly server?: Listening;
}

export async function start({
  keycloak,
  documents = createMemoryDocuments(),
  clock,
  server,
}: StartOptions): Promise<Sandbox> {
  const listening = server ?? (await listen());
  if (server === undefined) open.push(listening);
  const publicUrl = listening.origin;
  const now = clock ?? { now: () => new Date() };
  const app = express();
  let issuer = `${keycloak ?? publicUrl}/realms/govstack`;
  if (keycloak === undefined) {
    const embedded = await createEmbeddedIdentity({
      realm: await testRealm(),
      publicUrl,
      documents,
      clock: { now: () => new Date() },
      logger: silentLogger,
    });
    app.use(embedded.router);
    issuer = embedded.issuer;
  }
  const backChannel = keycloak ?? `http://127.0.0.1:${new URL(publicUrl).port}`;
  const discovery = createDiscovery({ issuer, backChannel });
  const verifier = createKeycloakConnectVerifier({
    issuer,
    keys: {
      kind: 'remote',
      url: `${backChannel}/realms/govstack/protocol/openid-connect/certs`,
      cooldownMs: 0,
    },
  });
  const { router, guard } = createSignIn({
    discovery,
    clientId: clients.console,
    clientSecret: 'training-only-console-secret',
    publicUrl,
    verifier,
    documents,
    clock: now,
  });
  app.use(router);
  app.use('/api', guard.authenticate);
  app.get('/api/any', guard.requireSignIn, (request, response) => {
    response.json(guard.requirePrincipal(request));
  });
  app.post('/api/decide', guard.requireRole('case-officer'), (_request, response) => {
    response.json({ decided: true });
  });
  app.get('/', (_request, response) => {
    response.send('home');
  });
  app.get('/cases', (_request, response) => {
    response.send('cases');
  });
  app.use(asProblem);
  listening.handle = app;
  return { origin: publicUrl, issuer, documents, verifier };
}

export async function signIn(
  browser: Browser,
  sandbox: Sandbox,
  persona: string,
  query = '',
): Promise<Visit> {
  const login = await browser.go(`${sandbox.origin}/auth/login${query}`);
  const { action, fields } = formOf(login);
  const picker = login.html.includes(`value="${persona}"`);
  return browser.go(action, picker ? { persona } : { ...fields, username: persona, password: persona });
}

export async function me(
  browser: Browser,
  sandbox: Sandbox,
): Promise<{ principal: unknown; csrfToken: string | null }> {
  const response = await browser.request(`${sandbox.origin}/auth/me`);
  return (await response.json()) as { principal: unknown; csrfToken: string | null };
}

export const servers: (readonly [string, string | undefined])[] = [['the embedded provider', undefined]];
withService('sign-in through the server with Keycloak', 'SANDBOX_TEST_KEYCLOAK_URL', (url) => {
  servers.push(['Keycloak', url]);
});
