import { X509Certificate } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
} from 'jose';
import type { JsonObject } from '../../../contracts/json.js';
import { AMINA, errorOf, openIdentityBench, type IdentityBench } from './identity-bench.js';

const ISSUER = 'https://sandbox.example/w/test/blocks/identity';
const REDIRECT = 'https://clinic.example/callback';
let bench: IdentityBench;
let privateKey: CryptoKey;
let otherKey: CryptoKey;
let publicJwk: JsonObject;

const registration = (): JsonObject => ({
  clientId: 'clinic',
  clientName: 'Clinic',
  relyingPartyId: 'clinic-rp',
  logoUri: 'https://clinic.example/logo.png',
  redirectUris: [REDIRECT],
  authContextRefs: ['idbb:acr:generated-code'],
  publicKey: publicJwk,
  userClaims: ['name', 'birthdate'],
  grantTypes: ['authorization_code'],
  clientAuthMethods: ['private_key_jwt'],
});

beforeAll(async () => {
  const keys = await generateKeyPair('RS256', { extractable: true });
  privateKey = keys.privateKey;
  publicJwk = await exportJWK(keys.publicKey);
  otherKey = (await generateKeyPair('RS256')).privateKey;
});

beforeEach(async () => {
  bench = await openIdentityBench();
  expect(errorOf(await bench.post('/client-mgmt/oidc-client', registration()))).toBeUndefined();
});

async function code(acceptedClaims: readonly string[]): Promise<string> {
  const { linkCode, linkedTransactionId } = await bench.begin('t-9', {
    clientId: 'clinic',
    claims: ['name', 'birthdate'],
    state: 's-1',
    nonce: 'n-1',
  });
  await bench.authenticate(linkedTransactionId);
  const early = await bench.post('/linked-authorization/link-auth-code', {
    transactionId: 't-9',
    linkedCode: linkCode,
  });
  expect(errorOf(early)).toBe('response_timeout');
  const consent = await bench.post('/linked-authorization/consent', {
    linkedTransactionId,
    permittedAuthorizeScopes: ['openid'],
    acceptedClaims,
  });
  expect(errorOf(consent)).toBeUndefined();
  const answer = await bench.post('/linked-authorization/link-auth-code', {
    transactionId: 't-9',
    linkedCode: linkCode,
  });
  expect(answer.response).toMatchObject({ redirectUri: REDIRECT, state: 's-1', nonce: 'n-1' });
  return answer.response?.code ?? '';
}

function assertion(key: CryptoKey, audience = `${ISSUER}/oauth/token`): Promise<string> {
  const now = Math.floor(bench.realClock.now().getTime() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer('clinic')
    .setSubject('clinic')
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(key);
}

async function exchange(authorizationCode: string, change: Record<string, string> = {}) {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: authorizationCode,
    client_id: 'clinic',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(privateKey),
    redirect_uri: REDIRECT,
    ...change,
  });
  return bench.send('POST', '/oauth/token', form.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
}

describe('tokens', () => {
  it('carry a pairwise subject, verify against the key set, and show the accepted claims only', async () => {
    const answer = await exchange(await code(['birthdate']));
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const tokens = answer.body as { id_token: string; access_token: string; expires_in: number };
    const keys = (await bench.send('GET', '/.well-known/jwks.json')).body as unknown as JSONWebKeySet;
    const currentDate = bench.realClock.now();
    const { payload } = await jwtVerify(tokens.id_token, createLocalJWKSet(keys), {
      issuer: ISSUER,
      audience: 'clinic',
      currentDate,
    });
    expect(payload).toMatchObject({ nonce: 'n-1', acr: 'idbb:acr:generated-code' });
    expect(payload.sub).not.toContain(AMINA);

    const info = await bench.send('GET', '/oidc/userinfo', undefined, {
      authorization: `Bearer ${tokens.access_token}`,
    });
    expect(info.headers['content-type']).toBe('application/jwt');
    const claims = await jwtVerify(info.body as string, createLocalJWKSet(keys), {
      issuer: ISSUER,
      currentDate,
    });
    expect(claims.payload).toMatchObject({ birthdate: '1990-05-01', sub: payload.sub });
    expect(claims.payload.name).toBeUndefined();
  });

  it('are given once per code, and only to the client that proves itself', async () => {
    const authorizationCode = await code([]);
    const refused = async (change: Record<string, string>) => {
      const answer = await exchange(authorizationCode, change);
      expect(answer.status).toBe(400);
      return (answer.body as { error: string }).error;
    };
    expect(await refused({ client_assertion: await assertion(otherKey) })).toBe('invalid_assertion');
    expect(await refused({ client_assertion: await assertion(privateKey, 'https://other.example') })).toBe(
      'invalid_assertion',
    );
    expect(await refused({ client_assertion: 'nonsense' })).toBe('invalid_assertion');
    expect(await refused({ client_id: 'nobody' })).toBe('invalid_assertion');
    expect(await refused({ client_assertion_type: 'other' })).toBe('invalid_assertion_type');
    expect(await refused({ redirect_uri: 'https://evil.example/' })).toBe('invalid_redirect_uri');
    expect(await refused({ code: 'guessed' })).toBe('invalid_transaction');
    expect(await refused({ code: '' })).toBe('invalid_request');
    expect((await exchange(authorizationCode)).status).toBe(200);
    expect(await refused({})).toBe('invalid_transaction');
  });

  it('do not open user info once they expired, were forged, or are missing', async () => {
    const tokens = (await exchange(await code([]))).body as { access_token: string; id_token: string };
    const read = async (authorization?: string) =>
      (
        await bench.send(
          'GET',
          '/oidc/userinfo',
          undefined,
          authorization === undefined ? {} : { authorization },
        )
      ).status;
    expect(await read()).toBe(401);
    expect(await read('Bearer nonsense')).toBe(401);
    expect(await read(`Bearer ${tokens.id_token}`)).toBe(401);
    bench.realClock.forward(3_601_000);
    expect(await read(`Bearer ${tokens.access_token}`)).toBe(401);
  });
});

describe('the key set', () => {
  it('is kept, publishes no private part, and its certificate fits the key', async () => {
    const read = async () =>
      (await bench.send('GET', '/.well-known/jwks.json')).body as {
        keys: { x5c: string[]; d?: string; n: string }[];
      };
    const [first, again] = await Promise.all([read(), read()]);
    expect(again).toEqual(first);
    const [key] = first.keys;
    expect(key?.d).toBeUndefined();
    const certificate = new X509Certificate(Buffer.from(key?.x5c[0] ?? '', 'base64'));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.export({ format: 'jwk' }).n).toBe(key?.n);
    expect(certificate.subject).toContain('training');
  });

  it('is found through the configuration', async () => {
    const answer = await bench.send('GET', '/.well-known/openid-configuration');
    expect(answer.body).toMatchObject({ issuer: ISSUER, jwks_uri: `${ISSUER}/.well-known/jwks.json` });
  });
});

describe('clients', () => {
  it('are registered once, with a public RSA key', async () => {
    const create = async (change: JsonObject) =>
      errorOf(await bench.post('/client-mgmt/oidc-client', { ...registration(), ...change }));
    expect(await create({})).toBe('duplicate_client_id');
    expect(await create({ clientId: 'b', publicKey: { kty: 'EC' } })).toBe('invalid_public_key');
    expect(await create({ clientId: 'b', redirectUris: ['no uri'] })).toBe('invalid_redirect_uri');
    expect(await create({ clientId: 'b', userClaims: ['income'] })).toBe('invalid_claim');
    expect(await create({ clientId: 'b' })).toBeUndefined();
  });

  it('lose their sign-in when they are made inactive', async () => {
    const { clientName, logoUri, redirectUris, authContextRefs, userClaims, grantTypes, clientAuthMethods } =
      registration();
    const change = {
      clientName,
      logoUri,
      redirectUris,
      authContextRefs,
      userClaims,
      grantTypes,
      clientAuthMethods,
    };
    const put = (id: string) =>
      bench.send('PUT', `/client-mgmt/oidc-client/${id}`, {
        requestTime: 'now',
        request: { ...change, status: 'inactive' },
      });
    expect((await put('clinic')).body).toMatchObject({ response: { clientId: 'clinic' }, errors: [] });
    expect((await put('none')).body).toMatchObject({ errors: [{ errorCode: 'invalid_client_id' }] });
    expect(
      errorOf(
        await bench.post('/linked-authorization/link-code', { transactionId: 't', clientId: 'clinic' }),
      ),
    ).toBe('invalid_request');
  });

  it('see only claims and scopes that were asked for', async () => {
    const { linkedTransactionId } = await bench.begin('t-2', { clientId: 'clinic', claims: ['name'] });
    const consent = (request: JsonObject) =>
      bench.post('/linked-authorization/consent', { linkedTransactionId, ...request });
    expect(errorOf(await consent({}))).toBe('invalid_transaction');
    await bench.authenticate(linkedTransactionId);
    expect(errorOf(await consent({ acceptedClaims: ['birthdate'] }))).toBe('invalid_accepted_claim');
    expect(errorOf(await consent({ permittedAuthorizeScopes: ['email'] }))).toBe('invalid_permitted_scope');
    expect(errorOf(await consent({ linkedTransactionId: 'none' }))).toBe('invalid_transaction_id');
  });
});
