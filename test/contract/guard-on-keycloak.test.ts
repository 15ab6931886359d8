import { createHmac, createPublicKey, randomUUID, type JsonWebKey } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { base64url, decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import request from 'supertest';
import { silentLogger } from '../../contracts/logger.js';
import { createJoseVerifier } from '../../infra/identity/jose-verifier.js';
import { createKeycloakConnectVerifier } from '../../infra/identity/keycloak/keycloak-connect-verifier.js';
import { createProblemHandler } from '../../orchestrator/http/problem-handler.js';
import { createGuard } from '../../orchestrator/identity/http/guard.js';
import { createPasswordTokens } from '../../orchestrator/identity/machine-tokens.js';
import { adminToken, openAdmin, type Admin } from './keycloak-admin.js';
import { withService } from './services.js';

/** What the guard says to tokens that a real Keycloak gave, and to what is made of them; with both drivers. */
withService('the guard before a real Keycloak', 'SANDBOX_TEST_KEYCLOAK_URL', (keycloak) => {
  const issuer = `${keycloak}/realms/govstack`;
  const tokenEndpoint = `${issuer}/protocol/openid-connect/token`;
  const certs = `${issuer}/protocol/openid-connect/certs`;
  const clock = { now: () => new Date() };
  let admin: Admin;
  beforeAll(async () => {
    admin = await openAdmin(keycloak);
  });

  const tokenOf = (username: string, clientId = 'sandbox-cli'): Promise<string> =>
    createPasswordTokens({ tokenEndpoint, clientId, clock }).tokenOf(username);

  /** A client of the realm whose tokens differ from the sandbox's own in one thing. */
  async function clientWith(attributes: object, audience?: string): Promise<string> {
    const clientId = `guard-${randomUUID()}`;
    const audienceMapper = {
      name: 'audience',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-audience-mapper',
      config: { 'included.custom.audience': audience, 'access.token.claim': 'true' },
    };
    await admin('POST', '/clients', {
      clientId,
      publicClient: true,
      directAccessGrantsEnabled: true,
      attributes,
      protocolMappers: audience === undefined ? [] : [audienceMapper],
    });
    return clientId;
  }

  async function publicKeyOf(kid: string): Promise<JsonWebKey> {
    const { keys } = (await (await fetch(certs)).json()) as { keys: (JsonWebKey & { kid: string })[] };
    return keys.find((key) => key.kid === kid)!;
  }

  const encoded = (part: object): string => base64url.encode(JSON.stringify(part));

  /** Everything that is no good token of this realm for this sandbox. */
  const bad: Readonly<Record<string, () => Promise<string | undefined>>> = {
    missing: () => Promise.resolve(undefined),
    expired: async () => {
      const token = await tokenOf(
        'case-officer-bo',
        await clientWith({ 'access.token.lifespan': '1' }, 'sandbox-api'),
      );
      while (Date.now() <= decodeJwt(token).exp! * 1000) await pause(50);
      return token;
    },
    'for another audience': async () => tokenOf('case-officer-bo', await clientWith({}, 'another-api')),
    'of another issuer': () => adminToken(keycloak),
    'forged by another key': async () => {
      const good = await tokenOf('case-officer-bo');
      const { privateKey } = await generateKeyPair('RS256');
      const { kid } = decodeProtectedHeader(good);
      return new SignJWT(decodeJwt(good))
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: kid! })
        .sign(privateKey);
    },
    'forged by other claims': async () => {
      const good = await tokenOf('amina-citizen');
      const [header, , signature] = good.split('.');
      const claims = { ...decodeJwt(good), realm_access: { roles: ['case-officer', 'administrator'] } };
      return `${header}.${encoded(claims)}.${signature}`;
    },
    'with alg none': async () => {
      const good = await tokenOf('case-officer-bo');
      return `${encoded({ ...decodeProtectedHeader(good), alg: 'none' })}.${good.split('.')[1]}.`;
    },
    'with the algorithm swapped': async () => {
      const good = await tokenOf('case-officer-bo');
      const header = decodeProtectedHeader(good);
      const pem = createPublicKey({ key: await publicKeyOf(header.kid!), format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      const input = `${encoded({ ...header, alg: 'HS256' })}.${good.split('.')[1]}`;
      return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
    },
  };

  describe.each([
    ['keycloak-connect', createKeycloakConnectVerifier],
    ['jose', createJoseVerifier],
  ] as const)('the guard before a real Keycloak, by %s', (_driver, create) => {
    const guard = createGuard({
      verifier: create({ issuer, keys: { kind: 'remote', url: certs, cooldownMs: 0 } }),
    });
    const app = express();
    app.use(guard.authenticate);
    app.get('/open', (incoming, response) => {
      response.json({ who: guard.principalOf(incoming)?.username ?? null });
    });
    app.get('/decide', guard.requireRole('case-officer'), (_incoming, response) => {
      response.sendStatus(204);
    });
    app.use(createProblemHandler(silentLogger));
    const ask = (path: string, token: string | undefined): request.Test =>
      token === undefined
        ? request(app).get(path)
        : request(app).get(path).set('authorization', `Bearer ${token}`);

    it('lets in who has the role', async () => {
      expect((await ask('/decide', await tokenOf('case-officer-bo'))).status).toBe(204);
    });

    it.each(Object.entries(bad))('answers 401 to a token that is %s', async (_what, make) => {
      const response = await ask('/decide', await make());
      expect(response.status).toBe(401);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer realm="govstack"/);
      expect(response.type).toBe('application/problem+json');
      expect(JSON.parse(response.text)).toMatchObject({ code: 'GSB-AUT-001', status: 401 });
    });

    it('answers 403, naming the role that is missing', async () => {
      const response = await ask('/decide', await tokenOf('amina-citizen'));
      expect(response.status).toBe(403);
      expect(JSON.parse(response.text)).toMatchObject({
        code: 'GSB-AUT-002',
        requiredRoles: ['case-officer'],
      });
    });

    it.each(['?auth_callback=1&code=x', '?auth_callback=1&code=x&state=y&session_state=z', '?k_logout=1'])(
      'is not moved by the address /open%s',
      async (query) => {
        const response = await ask(`/open${query}`, await tokenOf('amina-citizen'));
        expect([response.status, response.body]).toEqual([200, { who: 'amina-citizen' }]);
      },
    );

    it('takes tokens of a new key of the realm without a restart, and the old ones as well', async () => {
      const old = await tokenOf('case-officer-bo');
      expect((await ask('/decide', old)).status).toBe(204);
      const { id: parentId } = (await admin('GET', '')) as { id: string };
      await admin('POST', '/components', {
        name: `rotated-${randomUUID()}`,
        providerId: 'rsa-generated',
        providerType: 'org.keycloak.keys.KeyProvider',
        parentId,
        // Whatever was the highest so far, this key signs from now on.
        config: {
          priority: [String(Math.floor(Date.now() / 1000))],
          algorithm: ['RS256'],
          keySize: ['2048'],
        },
      });
      const fresh = await tokenOf('case-officer-bo');
      expect(decodeProtectedHeader(fresh).kid).not.toBe(decodeProtectedHeader(old).kid);
      expect((await ask('/decide', fresh)).status).toBe(204);
      expect((await ask('/decide', old)).status).toBe(204);
    });
  });
});
