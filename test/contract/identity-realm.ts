import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import express from 'express';
import { silentLogger } from '../../contracts/logger.js';
import { createEmbeddedIdentity } from '../../infra/identity/embedded/embedded-identity.js';
import { readPersonas } from '../../infra/identity/realm/read-personas.js';
import { readRealm } from '../../infra/identity/realm/read-realm.js';
import type { RealmRepresentation } from '../../infra/identity/realm/realm.js';
import { withPersonas } from '../../infra/identity/realm/with-personas.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';

export const REALM_FILE = fileURLToPath(new URL('../../infra/keycloak/realm.json', import.meta.url));
export const PERSONAS_FILE = fileURLToPath(new URL('identity-personas.yaml', import.meta.url));

/** The realm of the repository with a few people, one of them with a name that is not plain ASCII. */
export async function testRealm(): Promise<RealmRepresentation> {
  return withPersonas(await readRealm(REALM_FILE), await readPersonas(PERSONAS_FILE));
}

export interface Listening {
  readonly origin: string;
  handle: RequestListener;
  close(): Promise<void>;
}

/** A server on a free loopback port whose handler may be set once its address is known. */
export async function listen(host = 'localhost'): Promise<Listening> {
  const server: Server = createServer((request, response) => listening.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const listening: Listening = {
    origin: `http://${host}:${port}`,
    handle: (_request, response) => response.writeHead(404).end(),
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
  return listening;
}

/** The embedded provider of the test realm, with keys and data of its own; answers its issuer. */
export async function serveIdentity(server: Listening): Promise<string> {
  const identity = await createEmbeddedIdentity({
    realm: await testRealm(),
    publicUrl: server.origin,
    documents: createMemoryDocuments(),
    clock: { now: () => new Date() },
    logger: silentLogger,
  });
  server.handle = express().use(identity.router);
  return identity.issuer;
}
