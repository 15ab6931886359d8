import { createHmac, createPublicKey, randomUUID, type KeyObject } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import express from 'express';
import { base64url, decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT, type JWK } from 'jose';
import type { TokenVerifier } from '../../contracts/identity.js';
import { silentLogger } from '../../contracts/logger.js';
import { createJoseVerifier, type VerifierOptions } from '../../infra/identity/jose-verifier.js';
import { createKeycloakConnectVerifier } from '../../infra/identity/keycloak/keycloak-connect-verifier.js';
import { createProblemHandler, notFound } from '../../orchestrator/http/problem-handler.js';
import { createGuard } from '../../orchestrator/identity/http/guard.js';
import { createPasswordTokens } from '../../orchestrator/identity/machine-tokens.js';
import { listen, serveIdentity, type Listening } from './identity-realm.js';
import { adminToken } from './keycloak-admin.js';
import { openKeycloakRealm } from './keycloak-realm.js';
import { withService } from './services.js';

/** The guard as the sandbox mounts it, with tokens that a server signed: the embedded provider, and a real Keycloak. */
interface GuardedRealm {
  readonly issuer: string;
  rotateKeys(): Promise<void>;
  /** Good tokens of the same server that are not for the sandbox's realm. */
  strangers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const clock = { now: () => new Date() };

async function embedded(): Promise<GuardedRealm> {
  const [server, other] = [await listen(), await listen()];
  const [issuer, otherIssuer] = [await serveIdentity(server), await serveIdentity(other)];
  return {
    issuer,
    // Its keys live with the data, so new data is a new key; the process that verifies is another one and goes on.
    rotateKeys: async () => {
      await serveIdentity(server);
    },
    strangers: async () => [await tokenOf(otherIssuer, 'amina-citizen')],
    close: async () => {
      await Promise.all([server.close(), other.close()]);
    },
  };
}

const servers: (readonly [string, () => Promise<GuardedRealm>])[] = [['the embedded provider', embedded]];
withService('the guard before Keycloak', 'SANDBOX_TEST_KEYCLOAK_URL', (url) => {
  servers.push([
    'Keycloak',
    async () => {
      const { remove, ...realm } = await openKeycloakRealm(url);
      return {
        ...realm,
        strangers: async () => [
          await adminToken(url),
          await tokenOf(`${url}/realms/govstack`, 'amina-citizen'),
          // Of the right realm, by a client of Keycloak's own: it names no audience of ours.
          await tokenOf(realm.issuer, 'amina-citizen', 'admin-cli'),
        ],
        close: remove,
      };
    },
  ]);
});

const drivers: readonly (readonly [string, (options: VerifierOptions) => TokenVerifier])[] = [
  ['keycloak-connect', createKeycloakConnectVerifier],
  ['jose', createJoseVerifier],
];

const tokenOf = (issuer: string, username: string, clientId = 'sandbox-cli'): Promise<string> =>
  createPasswordTokens({
    tokenEndpoint: `${issuer}/protocol/openid-connect/token`,
    clientId,
    clock,
  }).tokenOf(username);

const certs = (issuer: string): string => `${issuer}/protocol/openid-connect/certs`;

const TIMERS = [
  ...([
    'setImmediate',
    'clearImmediate',
    'setInterval',
    'clearInterval',
    'setTimeout',
    'clearTimeout',
  ] as const),
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
];

interface Answer {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** By node:http, since `fetch` puts an odd address right before it sends it. */
function ask(origin: string, path: string, token?: string): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    request({ hostname, port, path, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        const { 'www-authenticate': challenge, 'content-type': type } = response.headers;
        resolve({ status: response.statusCode ?? 0, challenge, type, body });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe.each(servers)('the guard before %s', (_server, start) => {
  let realm: GuardedRealm;
  let good: string;
  beforeAll(async () => {
    realm = await start();
    good = await tokenOf(realm.issuer, 'amina-citizen');
  }, 60_000);
  afterAll(() => realm.close());

  describe.each(drivers)('by %s', (_driver, create) => {
    let application: Listening;
    let failures: unknown[];
    beforeAll(async () => {
      failures = [];
      application = await listen();
      application.handle = guarded({});
    });
    afterEach(() => {
      jest.useRealTimers();
    });
    afterAll(() => application.close());

    function guarded(changes: Partial<VerifierOptions>): express.Express {
      const keys = { kind: 'remote', url: certs(realm.issuer), cooldownMs: 0 } as const;
      const guard = createGuard({ verifier: create({ issuer: realm.issuer, keys, ...changes }) });
      const logger = { ...silentLogger, error: (fact: unknown) => void failures.push(fact) };
      return express()
        .use(guard.authenticate)
        .get('/inside', (incoming, response) => void response.json(guard.requirePrincipal(incoming).roles))
        .get('/pay', guard.requireRole('payments-maker'), (_incoming, response) => void response.json('paid'))
        .use(notFound)
        .use(createProblemHandler(logger));
    }

    const inside = (token?: string): Promise<Answer> => ask(application.origin, '/inside', token);
    const refused = async (token: string | undefined, origin = application.origin): Promise<void> => {
      const answer = await ask(origin, '/inside', token);
      expect(answer).toMatchObject({
        status: 401,
        challenge: expect.stringMatching(/^Bearer realm="/),
        type: expect.stringContaining('application/problem+json'),
      });
      expect(JSON.parse(answer.body)).toMatchObject({ status: 401, code: 'GSB-AUT-001' });
    };

    it('lets a good token in', async () => {
      expect(await inside(good)).toMatchObject({ status: 200, body: '["citizen"]' });
    });

    it('refuses what is missing', async () => {
      await refused(undefined);
      await refused('');
    });

    it('refuses a token that has expired', async () => {
      const { exp } = decodeJwt(good);
      // A verifier of its own, since one remembers when it read the keys. The clock alone moves: the sockets go on.
      const later = await listen();
      later.handle = guarded({});
      jest.useFakeTimers({ now: exp! * 1000 + 1_000, doNotFake: [...TIMERS] });
      await refused(good, later.origin);
      await later.close();
    });

    it('refuses a forged one: a changed payload, another key under the known id, no signature', async () => {
      const [header = '', , signature = ''] = good.split('.');
      const promoted = { ...decodeJwt(good), realm_access: { roles: ['administrator'] } };
      const { privateKey } = await generateKeyPair('RS256');
      const { kid = '' } = decodeProtectedHeader(good);
      await refused(`${header}.${base64url.encode(JSON.stringify(promoted))}.${signature}`);
      for (const id of [kid, randomUUID()])
        await refused(
          await new SignJWT(promoted)
            .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: id })
            .sign(privateKey),
        );
      await refused(`${good.slice(0, good.lastIndexOf('.'))}.`);
    });

    it('refuses another audience and another issuer, though the signature holds', async () => {
      for (const changes of [{ audience: 'another-api' }, { issuer: `${realm.issuer}-2` }]) {
        const other = await listen();
        other.handle = guarded(changes);
        await refused(good, other.origin);
        await other.close();
      }
    });

    it('refuses the good tokens of other realms and clients', async () => {
      for (const token of await realm.strangers()) await refused(token);
    });

    it('refuses alg none, and other algorithms with what is public as their secret', async () => {
      const { kid = '' } = decodeProtectedHeader(good);
      const [, payload = '', signature = ''] = good.split('.');
      const key = await publicKeyOf(realm.issuer, kid);
      const headed = (alg: string): string =>
        `${base64url.encode(JSON.stringify({ alg, typ: 'JWT', kid }))}.${payload}`;
      for (const alg of ['none', 'None', 'nOnE']) await refused(`${headed(alg)}.`);
      await refused(`${headed('none')}.${signature}`);
      for (const alg of ['RS512', 'PS256', 'ES256']) await refused(`${headed(alg)}.${signature}`);
      const { n = '' } = key.export({ format: 'jwk' });
      for (const secret of [
        key.export({ type: 'spki', format: 'pem' }),
        key.export({ type: 'spki', format: 'der' }),
        n,
      ]) {
        const mac = createHmac('sha256', secret).update(headed('HS256')).digest('base64url');
        await refused(`${headed('HS256')}.${mac}`);
      }
    });

    it('answers a missing role by 403 and a problem document', async () => {
      const answer = await ask(application.origin, '/pay', good);
      expect(answer).toMatchObject({
        status: 403,
        type: expect.stringContaining('application/problem+json'),
      });
      expect(JSON.parse(answer.body)).toMatchObject({
        code: 'GSB-AUT-002',
        requiredRoles: ['payments-maker'],
      });
    });

    it('follows a rotation of the keys without a restart', async () => {
      await realm.rotateKeys();
      const next = await tokenOf(realm.issuer, 'amina-citizen');
      expect(decodeProtectedHeader(next).kid).not.toBe(decodeProtectedHeader(good).kid);
      expect(await inside(next)).toMatchObject({ status: 200, body: '["citizen"]' });
      good = next;
    });

    it.each([
      '/inside?auth_callback=1&code=x',
      '/inside?auth_callback=1&code=x&state=y&session_state=z',
      '/inside?%',
      '/inside?__proto__[roles]=administrator',
      '/inside?access_token=x&redirect_uri=//evil.example',
      '/%',
      '/%00',
      '//',
      '/k_logout',
      '/k_push_not_before',
      `/${'a'.repeat(8_000)}`,
    ])('is not made to fail by the address %#', async (path) => {
      const [anonymous, known] = [
        await ask(application.origin, path),
        await ask(application.origin, path, good),
      ];
      expect([400, 401, 404]).toContain(anonymous.status);
      expect([200, 400, 404]).toContain(known.status);
      expect(failures).toEqual([]);
    });
  });
});

async function publicKeyOf(issuer: string, kid: string): Promise<KeyObject> {
  const { keys } = (await (await fetch(certs(issuer))).json()) as { readonly keys: readonly JWK[] };
  const jwk = keys.find((key) => key.kid === kid);
  if (jwk === undefined) throw new Error(`the server publishes no key ${kid}`);
  return createPublicKey({ key: { ...jwk }, format: 'jwk' });
}
