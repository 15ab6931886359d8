import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { selfSignedCertificate } from '../../../mocks/identity/self-signed-certificate.js';
import { createBindings, type Bindings, type Delivered } from '../../../orchestrator/blocks/bindings.js';
import { createEgress } from '../../../orchestrator/blocks/outbound/egress/egress.js';

interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that vouches for itself, valid now. */
function identity(commonName: string): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = selfSignedCertificate({
    publicKey,
    privateKey,
    commonName,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
  });
  const body = (der.toString('base64').match(/.{1,64}/g) ?? []).join('\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

let server: Server;
let baseUrl: string;
let bindings: Bindings;
let secrets: Record<string, string>;

beforeAll(async () => {
  const [own, client, stranger] = ['localhost', 'sandbox', 'stranger'].map(identity) as [
    Identity,
    Identity,
    Identity,
  ];
  secrets = {
    ca: own.cert,
    certificate: client.cert,
    key: client.key,
    'other-certificate': stranger.cert,
    'other-key': stranger.key,
  };
  server = createServer(
    { ...own, ca: client.cert, requestCert: true, rejectUnauthorized: false },
    (request, response) =>
      response
        .writeHead(request.socket instanceof TLSSocket && request.socket.authorized ? 200 : 403, {
          connection: 'close',
        })
        .end(),
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
  bindings = createBindings({
    documents: createMemoryDocuments(),
    blockOf: () => undefined,
    openapiOf: () => undefined,
    secrets: {
      resolve: (_workspace, names) =>
        Promise.resolve(Object.fromEntries(Object.entries(secrets).filter(([name]) => names.includes(name)))),
    },
    egress: createEgress([{ host: 'localhost', port: undefined, wildcard: 'none' }]),
    realClock: { now: () => new Date() },
    violations: () => [],
  });
});
afterEach(() => bindings.reset(DEFAULT_WORKSPACE));
afterAll(async () => {
  await bindings.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function deliver(tls: object | undefined): Promise<Delivered> {
  await bindings.set(DEFAULT_WORKSPACE, 'payments', { kind: 'real', baseUrl, ...(tls && { tls }) });
  return bindings.deliver(
    DEFAULT_WORKSPACE,
    { id: 'x', block: 'payments' },
    { method: 'GET', path: '/', query: {}, headers: {} },
  );
}

describe('a real system behind TLS', () => {
  it('is not talked to when nobody vouches for it', async () => {
    const delivered = await deliver(undefined);
    expect(delivered).toMatchObject({ kind: 'lost', error: { beforeEffect: true } });
  });

  it('is trusted with the authority that the binding names, and asks who comes', async () => {
    expect(await deliver({ ca: 'ca' })).toMatchObject({ kind: 'answered', response: { status: 403 } });
    expect(await deliver({ ca: 'ca', certificate: 'certificate', key: 'key' })).toMatchObject({
      response: { status: 200 },
    });
    expect(await deliver({ ca: 'ca', certificate: 'other-certificate', key: 'other-key' })).toMatchObject({
      response: { status: 403 },
    });
  });

  it('may be anybody only where the binding says so at length', async () => {
    expect(await deliver({ insecurelyAcceptAnyCertificate: true })).toMatchObject({ kind: 'answered' });
    await expect(deliver({ insecure: true })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
  });

  it('is not bound with a key that belongs to another certificate', async () => {
    const refused = deliver({ ca: 'ca', certificate: 'certificate', key: 'other-key' });
    await expect(refused).rejects.toMatchObject({ detail: expect.stringContaining('tls') as unknown });
  });
});
