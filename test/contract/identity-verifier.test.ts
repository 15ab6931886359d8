import { createHmac, createPublicKey, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  base64url,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
} from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

import type { TokenVerifier } from '../../contracts/identity.js';
import { createJoseVerifier } from '../../infra/identity/jose-verifier.js';
import type { VerifierOptions } from '../../infra/identity/jose-verifier.js';
import { createKeycloakConnectVerifier } from '../../infra/identity/keycloak/keycloak-connect-verifier.js';
import { subjectOf } from '../../infra/identity/realm/with-personas.js';
import { createPasswordTokens, createServiceToken } from '../../orchestrator/identity/machine-tokens.js';
import { listen, serveIdentity } from './identity-realm.js';
import { withService } from './services.js';
import type { Listening } from './identity-realm.js';

const drivers: readonly (readonly [string, (options: VerifierOptions) => TokenVerifier])[] = [
  ['keycloak-connect', createKeycloakConnectVerifier],
  ['jose', createJoseVerifier],
];
const clock = { now: () => new Date() };
const refused = { code: 'GSB-AUT-001', status: 401 };

interface Signer {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

async function newSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
  };
}

describe.each(drivers)('TokenVerifier by %s', (_name, create) => {
  let server: Listening;
  let issuer: string;
  let signer: Signer;
  let published: JWK[];
  let keyReads: number;
  let keysBroken: 'no' | 'not json' | 'status 500';
  let verifier: TokenVerifier;

  beforeAll(async () => {
    server = await listen();
    issuer = `${server.origin}/realms/govstack`;
    signer = await newSigner();
    published = [signer.jwk];
    keyReads = 0;
    keysBroken = 'no';
    server.handle = (_request, response) => {
      keyReads += 1;
      response.writeHead(keysBroken === 'status 500' ? 500 : 200, { 'content-type': 'application/json' });
      response.end(keysBroken === 'not json' ? '<html>' : JSON.stringify({ keys: published }));
    };
    verifier = fresh();
  });
  afterAll(() => server.close());

  const fresh = (cooldownMs = 0): TokenVerifier =>
    create({
      issuer,
      keys: { kind: 'remote', url: `${issuer}/protocol/openid-connect/certs`, cooldownMs },
    });

  const claims = (): JWTPayload => ({
    iss: issuer,
    aud: ['account', 'sandbox-api'],
    sub: 'b4b3',
    typ: 'Bearer',
    azp: 'sandbox-cli',
    exp: Math.floor(Date.now() / 1000) + 300,
    iat: Math.floor(Date.now() / 1000),
    preferred_username: 'amina-citizen',
    name: 'Amina',
    person: 'psn-amina',
    realm_access: { roles: ['citizen', 'offline_access', 'default-roles-govstack'] },
  });
  const signed = (
    changes: Record<string, unknown> = {},
    by: Signer = signer,
    header: Record<string, unknown> = {},
  ): Promise<string> =>
    new SignJWT({ ...claims(), ...changes })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: by.kid, ...header })
      .sign(by.privateKey);
  const unsigned = (header: object, payload: object = claims()): string =>
    `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(payload))}`;

  it('reads the principal of a good token, and only the roles that the sandbox knows', async () => {
    expect(await verifier.verify(await signed())).toEqual({
      subject: 'b4b3',
      username: 'amina-citizen',
      name: 'Amina',
      roles: ['citizen'],
      person: 'psn-amina',
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['expired', { exp: Math.floor(Date.now() / 1000) - 5 }],
    ['without an expiry', { exp: undefined }],
    ['not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ['of another issuer', { iss: 'http://localhost/realms/other' }],
    ['whose issuer only starts alike', { iss: 'REPLACED' }],
    ['for another audience', { aud: 'account' }],
    ['without an audience', { aud: undefined }],
    ['an identity token', { typ: 'ID' }],
    ['a refresh token', { typ: 'Refresh' }],
    ['without a subject', { sub: undefined }],
    ['with roles that are not a list', { realm_access: { roles: 'administrator' } }],
    ['with a malformed person reference', { person: '../../etc' }],
  ])('refuses a token %s', async (_what, changes) => {
    const made = changes.iss === 'REPLACED' ? { iss: `${issuer}-evil` } : changes;
    await expect(verifier.verify(await signed(made))).rejects.toMatchObject(refused);
  });

  it('refuses forged signatures: another key under a known id, a changed payload, none at all', async () => {
    const stranger = await newSigner();
    const good = await signed();
    const [header = '', , signature = ''] = good.split('.');
    const promoted = base64url.encode(
      JSON.stringify({ ...claims(), realm_access: { roles: ['administrator'] } }),
    );
    for (const token of [
      await signed({}, { ...stranger, kid: signer.kid }),
      await signed({}, stranger),
      `${header}.${promoted}.${signature}`,
      `${good.slice(0, -8)}AAAAAAAA`,
      `${header}.${good.split('.')[1] ?? ''}.`,
    ]) {
      await expect(verifier.verify(token)).rejects.toMatchObject(refused);
    }
  });

  it('refuses alg none and algorithms swapped for the public key as a secret', async () => {
    const pem = await exportSPKI(signer.publicKey);
    const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
    const hs = (key: string | Buffer): string => {
      const input = unsigned({ alg: 'HS256', typ: 'JWT', kid: signer.kid });
      return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
    };
    const otherHash = (await signed()).split('.');
    for (const token of [
      `${unsigned({ alg: 'none', kid: signer.kid })}.`,
      `${unsigned({ alg: 'None', kid: signer.kid })}.`,
      unsigned({ alg: 'none', kid: signer.kid }),
      hs(pem),
      hs(der),
      `${unsigned({ alg: 'RS512', kid: signer.kid })}.${otherHash[2] ?? ''}`,
      await signed({}, signer, { crit: ['b64'], b64: true }),
    ]) {
      await expect(verifier.verify(token)).rejects.toMatchObject(refused);
    }
  });

  it.each([
    '',
    '.',
    '..',
    'a.b.c',
    'null',
    'e30.e30.e30',
    'x'.repeat(100_000),
    '\u0000',
    'a.'.repeat(2000),
    `${base64url.encode('[]')}.${base64url.encode('null')}.x`,
    `${base64url.encode('{"alg":"RS256","kid":{}}')}.${base64url.encode('{"exp":99999999999}')}.x`,
  ])('refuses what is no token at all (%#)', async (token) => {
    await expect(verifier.verify(token)).rejects.toMatchObject(refused);
  });

  it('never repeats the token in what it says', async () => {
    const token = await signed({ exp: 1 });
    const error = await verifier.verify(token).catch((caught: unknown) => caught);
    expect(String(error)).not.toContain(token.split('.')[1]);
  });

  it('follows a key rotation without a restart, and forgets nothing it need not', async () => {
    const next = await newSigner();
    const old = await signed();
    published = [signer.jwk, next.jwk];
    await expect(verifier.verify(await signed({}, next))).resolves.toMatchObject({ subject: 'b4b3' });
    await expect(verifier.verify(old)).resolves.toMatchObject({ subject: 'b4b3' });
    published = [signer.jwk];
  });

  it('does not read the keys anew for each invented key id', async () => {
    const held = fresh(60_000);
    await held.verify(await signed());
    const before = keyReads;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const invented = await signed({}, { ...signer, kid: `invented-${attempt}` });
      await expect(held.verify(invented)).rejects.toMatchObject(refused);
    }
    expect(keyReads - before).toBe(0);
  });

  it.each(['not json', 'status 500'] as const)(
    'says that the provider is at fault when its keys are %s, and recovers',
    async (how) => {
      const late = fresh();
      keysBroken = how;
      await expect(late.verify(await signed())).rejects.toMatchObject({ code: 'GSB-CFG-007' });
      keysBroken = 'no';
      await expect(late.verify(await signed())).resolves.toMatchObject({ username: 'amina-citizen' });
    },
  );

  it('says so, too, when nobody listens', async () => {
    const gone = await listen();
    await gone.close();
    const deaf = create({ issuer, keys: { kind: 'remote', url: `${gone.origin}/certs` } });
    await expect(deaf.verify(await signed())).rejects.toMatchObject({ code: 'GSB-CFG-007' });
  });
});

/** The same facts from the embedded provider and, where there is one, from a real Keycloak with the test's realm. */
interface ServedRealm {
  readonly issuer: string;
  close(): Promise<void>;
}

async function embedded(): Promise<ServedRealm> {
  const server = await listen();
  return { issuer: await serveIdentity(server), close: () => server.close() };
}

const servers: (readonly [string, () => Promise<ServedRealm>])[] = [['the embedded provider', embedded]];
withService('tokens of Keycloak', 'SANDBOX_TEST_KEYCLOAK_URL', (url) => {
  const issuer = `${url}/realms/govstack`;
  servers.push(['Keycloak', async () => ({ issuer, close: () => Promise.resolve() })]);
});

describe.each(servers)('tokens of %s', (_name, start) => {
  let realm: ServedRealm;
  let tokenEndpoint: string;
  beforeAll(async () => {
    realm = await start();
    tokenEndpoint = `${realm.issuer}/protocol/openid-connect/token`;
  });
  afterAll(() => realm.close());

  const personaToken = (username: string): Promise<string> =>
    createPasswordTokens({ tokenEndpoint, clientId: 'sandbox-cli', clock }).tokenOf(username);

  it('have the form that Keycloak gives them', async () => {
    const token = await personaToken('amina-citizen');
    const { kid, ...header } = decodeProtectedHeader(token);
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(kid).toEqual(expect.any(String));
    const payload = decodeJwt(token);
    expect(payload).toMatchObject({
      iss: realm.issuer,
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      typ: 'Bearer',
      azp: 'sandbox-cli',
      preferred_username: 'amina-citizen',
      name: 'أمينة بن يوسف',
      person: 'psn-amina',
    });
    expect([payload.aud].flat()).toContain('sandbox-api');
    expect(payload.exp! - payload.iat!).toBe(900);
  });

  it.each(drivers)('are accepted by %s', async (_driver, create) => {
    const verifier = create({
      issuer: realm.issuer,
      keys: { kind: 'remote', url: `${realm.issuer}/protocol/openid-connect/certs` },
    });
    expect(await verifier.verify(await personaToken('amina-citizen'))).toMatchObject({
      subject: subjectOf('govstack', 'amina-citizen'),
      roles: ['citizen'],
      person: 'psn-amina',
    });
  });

  it.each(drivers)('name the roles, the person and the workspace: %s', async (_driver, create) => {
    const keys = { kind: 'remote', url: `${realm.issuer}/protocol/openid-connect/certs` } as const;
    const verifier = create({ issuer: realm.issuer, keys });
    const officer = await verifier.verify(await personaToken('case-officer-bo'));
    expect(new Set(officer.roles)).toEqual(new Set(['case-officer', 'enrollment-officer']));
    expect(officer).not.toHaveProperty('person');
    expect(await verifier.verify(await personaToken('admin-zoe'))).toMatchObject({
      name: 'Zoe "Root" Admin',
      roles: ['administrator'],
      workspace: 'w-classroom',
    });
    const service = createServiceToken({
      tokenEndpoint,
      clientId: 'sandbox-runtime',
      clientSecret: 'training-only-runtime-secret',
      clock,
    });
    expect(await verifier.verify(await service())).toMatchObject({
      username: 'service-account-sandbox-runtime',
      roles: ['administrator'],
    });
  });

  it('are not given for a wrong password, an unknown person, a wrong secret or a client without that grant', async () => {
    const asked = async (form: Record<string, string>): Promise<number> =>
      (await fetch(tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) })).status;
    const password = { grant_type: 'password', client_id: 'sandbox-cli' };
    expect(await asked({ ...password, username: 'guessed-at', password: 'nope' })).toBeGreaterThanOrEqual(
      400,
    );
    expect(await asked({ ...password, username: 'nobody', password: 'nobody' })).toBeGreaterThanOrEqual(400);
    expect(
      await asked({
        ...password,
        client_id: 'sandbox-runtime',
        client_secret: 'training-only-runtime-secret',
        username: 'amina-citizen',
        password: 'amina-citizen',
      }),
    ).toBeGreaterThanOrEqual(400);
    expect(
      await asked({ grant_type: 'client_credentials', client_id: 'sandbox-runtime', client_secret: 'guess' }),
    ).toBeGreaterThanOrEqual(400);
    await expect(personaToken('nobody')).rejects.toMatchObject(refused);
  });

  it('begin a device sign-in for the command line', async () => {
    const response = await fetch(`${realm.issuer}/protocol/openid-connect/auth/device`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'sandbox-cli', scope: 'openid profile' }),
    });
    expect(response.status).toBe(200);
    const started = (await response.json()) as Record<string, string>;
    expect(started.verification_uri).toMatch(new RegExp(`^${realm.issuer}/`));
    const pending = await fetch(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: 'sandbox-cli',
        device_code: started.device_code!,
      }),
    });
    expect(await pending.json()).toMatchObject({ error: 'authorization_pending' });
  });
});
