import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { BlockResponse } from '../../../contracts/block.js';
import { textOf, type JsonObject } from '../../../contracts/json.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { AMINA, errorOf, openIdentityBench, type IdentityBench } from './identity-bench.js';

const ISSUER = 'https://sandbox.example/w/test/blocks/identity';
const REDIRECT = 'https://clinic.example/callback?from=sandbox';
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-in-length';
let bench: IdentityBench;
let keys: { privateKey: CryptoKey; publicKey: CryptoKey };
beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true });
});

beforeEach(async () => {
  bench = await openIdentityBench();
  const registered = await bench.post('/client-mgmt/oidc-client', {
    clientId: 'clinic',
    clientName: '<Clinic>',
    relyingPartyId: 'clinic-rp',
    logoUri: 'https://clinic.example/logo.png',
    redirectUris: [REDIRECT],
    authContextRefs: ['idbb:acr:generated-code', 'idbb:acr:static-code', 'idbb:acr:linked-wallet'],
    publicKey: await exportJWK(keys.publicKey),
    userClaims: ['name', 'birthdate', 'phone_number'],
    grantTypes: ['authorization_code'],
    clientAuthMethods: ['private_key_jwt'],
  });
  expect(errorOf(registered)).toBeUndefined();
});

function authorize(query: Record<string, string> = {}): Promise<BlockResponse> {
  return bench.block.handle(WORKSPACE, {
    method: 'GET',
    path: '/authorize',
    query: {
      client_id: 'clinic',
      redirect_uri: REDIRECT,
      scope: 'openid',
      response_type: 'code',
      state: 's-1',
      ...query,
    },
    headers: {},
  });
}

function submit(path: string, form: Record<string, string> | [string, string][]): Promise<BlockResponse> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return bench.send('POST', path, new URLSearchParams(form).toString(), headers);
}

const transactionOf = (page: BlockResponse): string =>
  /name="transactionId" value="([^"]+)"/.exec(textOf(page.body))?.[1] ?? '';
const told = (answer: BlockResponse): Record<string, string> =>
  Object.fromEntries(new URL(answer.headers.location ?? 'none:').searchParams);

async function signIn(page: BlockResponse, code = '111111', individualId = AMINA): Promise<BlockResponse> {
  return submit('/authorize/sign-in', {
    transactionId: transactionOf(page),
    individualId,
    code,
    decision: 'sign-in',
  });
}

async function tokens(code: string, more: Record<string, string> = {}): Promise<BlockResponse> {
  const now = Math.floor(bench.realClock.now().getTime() / 1000);
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer('clinic')
    .setSubject('clinic')
    .setAudience(ISSUER)
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(keys.privateKey);
  return submit('/oauth/token', {
    grant_type: 'authorization_code',
    code,
    client_id: 'clinic',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    redirect_uri: REDIRECT,
    ...more,
  });
}

describe('signing in on a page', () => {
  it('goes from the page over the consent to a code, tokens and the claims that were allowed', async () => {
    const page = await authorize({
      nonce: 'n-1',
      purpose: 'Booking a visit',
      claims: JSON.stringify({
        userinfo: { name: { essential: true, purpose: 'To greet you' }, birthdate: null, email: null },
      }),
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('Booking a visit');
    expect(page.body).not.toContain('<Clinic>');
    const consent = await signIn(page);
    expect(consent.body).toContain('To greet you');
    expect(consent.body).toContain('value="birthdate"');
    expect(consent.body).not.toContain('value="email"');
    const back = await submit('/authorize/consent', {
      transactionId: transactionOf(consent),
      decision: 'permit',
    });
    expect(back.status).toBe(302);
    expect(back.headers.location).toMatch(/^https:\/\/clinic\.example\/callback\?from=sandbox&code=/);
    const { code = '', state } = told(back);
    expect(state).toBe('s-1');
    expect((await tokens(code)).body).toMatchObject({ error: 'invalid_transaction' });
    const answer = await tokens(code, { code_verifier: VERIFIER });
    const { id_token, access_token } = answer.body as { id_token: string; access_token: string };
    expect(decodeJwt(id_token)).toMatchObject({
      nonce: 'n-1',
      acr: 'idbb:acr:generated-code',
      aud: 'clinic',
    });
    const info = await bench.send('GET', '/oidc/userinfo', undefined, {
      authorization: `Bearer ${access_token}`,
    });
    expect(decodeJwt(textOf(info.body))).toMatchObject({ name: 'Amina Diallo' });
    expect(decodeJwt(textOf(info.body)).birthdate).toBeUndefined();
  });

  it('needs no consent page for a client that asks for nothing, unless it wants one', async () => {
    expect(told(await signIn(await authorize())).code).toBeDefined();
    expect((await signIn(await authorize({ prompt: 'consent' }))).headers['x-sandbox-rule']).toBe(
      'consent-page',
    );
  });

  it('lets people try again, five times, cancel, and refuse', async () => {
    const page = await authorize({ scope: 'openid profile' });
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await signIn(page, '000000')).body).toContain('role="alert"');
    expect(told(await signIn(page))).toMatchObject({ error: 'access_denied', state: 's-1' });
    const other = transactionOf(await authorize());
    const cancelled = await submit('/authorize/sign-in', { transactionId: other, decision: 'cancel' });
    expect(told(cancelled)).toMatchObject({ error: 'access_denied' });
    const consent = await signIn(await authorize({ scope: 'openid profile' }));
    const refused = await submit('/authorize/consent', {
      transactionId: transactionOf(consent),
      decision: 'refuse',
    });
    expect(told(refused)).toMatchObject({ error: 'access_denied' });
  });

  it('redirects nobody to an address that is not the client’s', async () => {
    for (const query of [{ client_id: 'none' }, { redirect_uri: 'https://elsewhere.example/' }]) {
      const answer = await authorize(query);
      expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
    }
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'profile' }, 'invalid_scope'],
    [{ prompt: 'none' }, 'login_required'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ claims: '{' }, 'invalid_request'],
    [{ claims: '{"userinfo":{"name":{"essential":"yes"}}}' }, 'invalid_request'],
    [{ purpose: 'no' }, 'invalid_request'],
    [{ code_challenge: 'x', code_challenge_method: 'plain' }, 'invalid_request'],
    [
      { claims: '{"id_token":{"acr":{"essential":true,"values":["idbb:acr:biometrics"]}}}' },
      'unmet_authentication_requirements',
    ],
  ] as readonly [Record<string, string>, string][])(
    'tells the client what is wrong with %j',
    async (query, error) => {
      expect(told(await authorize(query))).toMatchObject({ error, state: 's-1' });
    },
  );

  it.each([
    [{ ui_locales: 'ar' }, 'ar', 'rtl', 'رقم هويتك', 'السماح'],
    [{ ui_locales: 'fr-CA fr' }, 'fr', 'ltr', 'Numéro de votre identité', 'Autoriser'],
    [{ ui_locales: 'am' }, 'am', 'ltr', 'የመታወቂያዎ ቁጥር', 'ፍቀድ'],
    [{ ui_locales: 'xx' }, 'en', 'ltr', 'Number of your identity', 'Allow'],
  ])('speaks the language that is asked for: %j', async (query, language, direction, label, allow) => {
    const page = await authorize({ scope: 'openid profile', ...query });
    expect(page.body).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(page.body).toContain(label);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    const again = await signIn(page, '000000');
    expect(again.body).toContain(label);
    expect((await signIn(page)).body).toContain(`>${allow}</button>`);
  });

  it('offers the authentication context that is asked for', async () => {
    const page = await authorize({ acr_values: 'idbb:acr:biometrics idbb:acr:static-code' });
    expect(page.body).toContain('PIN');
    const answer = await tokens(told(await signIn(page)).code ?? '');
    expect(decodeJwt((answer.body as { id_token: string }).id_token).acr).toBe('idbb:acr:static-code');
  });
});

describe('a wallet', () => {
  async function bind(publicKey: JsonObject | string, change: JsonObject = {}): Promise<JsonObject> {
    const body = {
      requestTime: '2025-03-01T08:00:00.000Z',
      request: {
        individualId: AMINA,
        authFactorType: 'WLA',
        format: 'jwt',
        challengeList: [{ authFactorType: 'OTP', challenge: '111111', format: 'number' }],
        publicKey,
        ...change,
      },
    };
    const headers = { 'partner-id': 'wallet-maker', 'partner-api-key': 'any' };
    return (await bench.send('POST', '/wallet-binding', body, headers)).body as JsonObject;
  }

  it('is bound once, by the person’s code, and then signs in with its key', async () => {
    const jwk = (await exportJWK(keys.publicKey)) as JsonObject;
    const wrong = { challengeList: [{ authFactorType: 'OTP', challenge: '', format: 'number' }] };
    expect(await bind(jwk, wrong)).toMatchObject({ errors: [{ errorCode: 'invalid_auth_challenge' }] });
    expect(await bind(jwk, { format: 'odd' })).toMatchObject({
      errors: [{ errorCode: 'unsupported_challenge_format' }],
    });
    expect(await bind('nonsense')).toMatchObject({ errors: [{ errorCode: 'invalid_public_key' }] });
    const bound = await bind(jwk);
    expect(bound).toMatchObject({
      errors: [],
      response: { certificate: expect.stringContaining('BEGIN CERTIFICATE') },
    });
    const base64 = Buffer.from(JSON.stringify(jwk)).toString('base64url');
    expect(await bind(base64)).toMatchObject({ errors: [{ errorCode: 'duplicate_public_key' }] });

    await bench.send('POST', '/block', { request: { id: AMINA } });
    expect(await bind(jwk, { authFactorType: 'OTP' })).toMatchObject({
      errors: [{ errorCode: 'key_binding_failed' }],
    });
    await bench.send('POST', '/unblock', { request: { id: AMINA } });

    const { linkedTransactionId } = await bench.begin('t-1', { clientId: 'clinic' });
    const now = Math.floor(bench.realClock.now().getTime() / 1000);
    const challenge = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setSubject(AMINA)
      .setExpirationTime(now + 60)
      .sign(keys.privateKey);
    const send = (text: string) =>
      bench.post('/linked-authorization/authenticate', {
        linkedTransactionId,
        individualId: AMINA,
        challengeList: [{ authFactorType: 'WLA', challenge: text, format: 'jwt' }],
      });
    expect(errorOf(await send(`${challenge.slice(0, -8)}AAAAAAAA`))).toBe('auth_failed');
    expect(errorOf(await send(challenge))).toBeUndefined();
  });
});

describe('credentials', () => {
  async function session(): Promise<Record<string, string>> {
    const answer = await tokens(told(await signIn(await authorize())).code ?? '');
    return { authorization: `Bearer ${(answer.body as { access_token: string }).access_token}` };
  }

  it('are issued to a partner, listed in the person’s history, and read with their event', async () => {
    const headers = await session();
    const body = {
      request: {
        partnerId: 'bank',
        sharableAttributes: [{ attributeName: 'fullName' }, { attributeName: 'phone', isMasked: true }],
        purpose: 'Opening an account',
        consent: 'Accepted',
      },
    };
    expect((await bench.send('POST', '/share-credential', body)).status).toBe(401);
    const shared = await bench.send('POST', '/share-credential', body, headers);
    expect(shared).toMatchObject({ status: 200, body: { response: { status: 'Success' } } });
    const id = shared.headers.eventid ?? '';
    const event = await bench.send('GET', `/events/${id}`, undefined, headers);
    const { info } = (event.body as { response: { info: { credential: string } } }).response;
    expect(decodeJwt(info.credential)).toMatchObject({
      aud: 'bank',
      vc: { credentialSubject: { fullName: 'Amina Diallo', phone: 'XXXXXXXXXX01' } },
    });
    const history = await bench.block.handle(WORKSPACE, {
      method: 'GET',
      path: '/service-history/eng',
      query: { fromDate: '2025-01-01', serviceType: 'DATA_SHARE_REQUEST' },
      headers: { ...headers, locale: 'en-US', 'time-zone-offset': '0' },
    });
    expect(history.body).toMatchObject({ response: { totalItems: 1, data: [{ eventId: id }] } });
    const card = await bench.send('POST', '/download/personalized-card', { request: {} }, headers);
    expect(card.headers['content-type']).toBe('application/pdf');
    expect(textOf(card.body)).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
  });

  it('are refused with a code each for what cannot be shared or read', async () => {
    const headers = await session();
    const share = async (change: JsonObject) => {
      const request = { partnerId: 'bank', sharableAttributes: [{ attributeName: 'fullName' }], ...change };
      return (await bench.send('POST', '/share-credential', { request }, headers)).body;
    };
    expect(await share({ consent: 'Refused' })).toMatchObject({ errors: [{ errorCode: 'consent_denied' }] });
    expect(await share({ sharableAttributes: [{ attributeName: 'shoeSize' }] })).toMatchObject({
      errors: [{ errorCode: 'invalid_attributes' }],
    });
    expect((await bench.send('GET', '/events/none', undefined, headers)).status).toBe(404);
  });

  it('carry what the person, or an administrator, updated', async () => {
    const update = async (change: JsonObject) => {
      const request = { individualId: AMINA, otp: '111111', ...change };
      return bench.send('POST', '/update-uin', { request });
    };
    const identityJson = Buffer.from('{"identity":{"fullName":"Amina Sow"}}').toString('base64');
    for (const [change, errorCode] of [
      [{ individualId: '1' }, 'invalid_identifier'],
      [{ otp: '000000' }, 'auth_failed'],
      [{ identityJson: 'W10=' }, 'invalid_input'],
    ] as const)
      expect((await update(change)).body).toMatchObject({ errors: [{ errorCode }] });
    expect((await update({ identityJson })).body).toMatchObject({ errors: [] });
    const administer = (request: JsonObject) => bench.send('PATCH', '/updateIdentity', { request });
    expect((await administer({ uin: '1' })).body).toMatchObject({ errors: [{ errorCode: 'invalid_uin' }] });
    const off = await administer({ uin: AMINA, status: 'DEACTIVATED' });
    expect(off.body).toMatchObject({ response: { status: 'DEACTIVATED' } });
    expect((await update({ identityJson })).body).toMatchObject({ errors: [{ errorCode: 'auth_failed' }] });
  });

  it('cannot be had by somebody who was blocked, until unblocked', async () => {
    const admin = (path: string) => bench.send('POST', path, { request: { id: AMINA, idType: 'UIN' } });
    const odd = (request: JsonObject) => bench.send('POST', '/block', { request });
    expect((await odd({ id: '1' })).body).toMatchObject({ errors: [{ errorCode: 'invalid_id' }] });
    expect((await odd({ id: AMINA, expiryTimestamp: 'soon' })).body).toMatchObject({
      errors: [{ errorCode: 'invalid_input' }],
    });
    expect((await admin('/block')).body).toMatchObject({ response: { status: 'BLOCKED' } });
    expect((await signIn(await authorize())).body).toContain('blocked');
    await admin('/unblock');
    expect(told(await signIn(await authorize())).code).toBeDefined();
  });
});
