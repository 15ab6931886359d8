import { textOf, type Json } from '../../../../contracts/json.js';
import {
  accepts,
  answers,
  bodies,
  bodyOf,
  changed,
  instead,
  json,
  oneTenantForAll,
  requests,
  defectOf,
  type Defect,
} from './defect.js';

const identity = defectOf('identity');

const without = (name: string) => (answer: { readonly body?: Json }) =>
  changed(answer.body, name, () => undefined) ?? null;

export const identityDefects: readonly Defect[] = [
  identity(
    'any password signs in',
    'scenario/sign-in-refused',
    requests('POST /linked-authorization/authenticate', (request) => ({
      ...request,
      body: changed(request.body, 'challenge', () => '111111') ?? null,
    })),
  ),
  identity(
    'anybody signs in',
    'scenario/sign-in-refused',
    requests('POST /linked-authorization/authenticate', (request) => ({
      ...request,
      body: changed(request.body, 'individualId', () => '9038952310') ?? null,
    })),
  ),
  identity(
    'a refusal has another code',
    'scenario/sign-in-refused',
    bodies('POST /linked-authorization/authenticate', 'errorCode', () => 'unknown_error'),
  ),
  identity(
    'a code can be used again',
    'scenario/tokens',
    (() => {
      const given = new Map<string, Json>();
      return instead('POST /oauth/token', async (right, request) => {
        const code = new URLSearchParams(textOf(request.body)).get('code') ?? '';
        const answer = await right(request);
        if (answer.status === 200) given.set(code, answer.body ?? null);
        const known = given.get(code);
        return known === undefined || answer.status === 200
          ? answer
          : { ...answer, status: 200, body: known };
      });
    })(),
  ),
  identity(
    'claims are shown that were not accepted',
    'scenario/tokens',
    requests('POST /linked-authorization/consent', (request) => ({
      ...request,
      body: changed(request.body, 'acceptedClaims', () => ['birthdate', 'name']) ?? null,
    })),
  ),
  identity(
    'the nonce is lost',
    'scenario/tokens',
    requests('POST /linked-authorization/link-code', (request) => ({
      ...request,
      body: without('nonce')(request),
    })),
  ),
  identity(
    'tokens may be cached',
    'scenario/tokens',
    answers('POST /oauth/token', (answer) => ({
      ...answer,
      headers: { 'content-type': 'application/json' },
    })),
  ),
  identity(
    'the key set shows a private key',
    'get-certs/answer',
    answers('GET /.well-known/jwks.json', (answer) => ({
      ...answer,
      body: {
        keys: ((bodyOf(answer).keys ?? []) as Json[]).map((key) => ({
          ...(key as object),
          d: 'private',
        })),
      },
    })),
  ),
  identity(
    'the key set shows the wrong key',
    'scenario/tokens',
    bodies('GET /.well-known/jwks.json', 'n', (n) => `${textOf(n).slice(0, -4)}AAAA`),
  ),
  identity(
    'a client is registered twice',
    'scenario/clients',
    answers('POST /client-mgmt/oidc-client', (answer, request) => {
      const { clientId = '' } = (bodyOf(request).request ?? {}) as { clientId?: string };
      return { ...answer, body: { ...bodyOf(answer), response: { clientId }, errors: [] } };
    }),
  ),
  identity(
    'a code is linked before it is taken up',
    'scenario/linked-sign-in',
    answers('POST /linked-authorization/link-status', (answer) => ({
      ...answer,
      body: { response: { transactionId: 't', linkStatus: 'LINKED', linkedDateTime: '0' } },
    })),
  ),
  identity(
    'user info is for everybody',
    'scenario/token-refusals',
    answers('GET /oidc/userinfo', (answer) =>
      answer.status === 401
        ? { status: 200, headers: { 'content-type': 'application/jwt' }, body: 'a.b.c' }
        : answer,
    ),
  ),
  identity(
    'a guessed code becomes tokens',
    'scenario/token-refusals',
    accepts('POST /oauth/token', { id_token: 'a', access_token: 'b', token_type: 'Bearer', expires_in: 1 }),
  ),
  identity(
    'a code is given before the person permitted it',
    'scenario/consent-first',
    answers('POST /linked-authorization/link-auth-code', (answer) => ({
      ...answer,
      body: {
        responseTime: 'now',
        response: { code: 'c', redirectUri: 'https://clinic.example/callback' },
        errors: [],
      },
    })),
  ),
  identity(
    'a receipt is made anew each time',
    'scenario/enrollment',
    bodies('PUT /enrollment', 'packetName', () => `p-${Math.random()}`),
  ),
  identity(
    'discovery lacks the token endpoint',
    'get-.well-known-openid-configuration/answer',
    bodies('GET /.well-known/openid-configuration', 'token_endpoint', () => undefined),
  ),
  identity('one tenant goes on with the sign-in of another', 'scenario/tenants', oneTenantForAll),
  identity(
    'anybody is sent anywhere',
    'scenario/authorize-refusals',
    answers('GET /authorize', (answer, { query }) =>
      answer.status === 400
        ? { status: 302, headers: { location: `${String(query['redirect_uri'])}?error=invalid_request` } }
        : answer,
    ),
  ),
  identity(
    'the state is lost on the way back',
    'scenario/authorize-refusals',
    answers('GET /authorize', (answer) => ({
      ...answer,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, value.replace(/&?state=[^&]*/, '')]),
      ),
    })),
  ),
  identity(
    'every claim is passed on, whatever was permitted',
    'scenario/browser-sign-in',
    requests('POST /authorize/consent', (request) => ({
      ...request,
      body: `${textOf(request.body)}&claim=name`,
    })),
  ),
  identity(
    'who refuses is taken to permit',
    'scenario/browser-refusals',
    requests('POST /authorize/consent', (request) => ({
      ...request,
      body: textOf(request.body).replace('decision=refuse', 'decision=permit'),
    })),
  ),
  identity(
    'a key is bound twice',
    'scenario/wallet-binding',
    answers('POST /wallet-binding', (answer) =>
      JSON.stringify(answer.body).includes('duplicate_public_key')
        ? {
            ...answer,
            body: {
              responseTime: '2026-01-01T00:00:00Z',
              response: { walletUserId: 'x', certificate: 'x', expireDateTime: 'x' },
              errors: [],
            },
          }
        : answer,
    ),
  ),
  identity(
    'credentials are for everybody',
    'scenario/credential',
    answers('POST /share-credential', (answer) =>
      answer.status === 401
        ? json(200, { version: '1.0', responsetime: 'x', response: { status: 'Success' }, errors: [] })
        : answer,
    ),
  ),
  identity(
    'the history forgets what was shared',
    'scenario/credential',
    bodies('GET /service-history/*', 'data', () => []),
  ),
  identity(
    'blocking does nothing',
    'scenario/blocking',
    requests('POST /block', (request) => ({ ...request, path: '/unblock' })),
  ),
  identity(
    'a person’s change is lost',
    'scenario/identity-update',
    requests('POST /update-uin', (request) => ({
      ...request,
      body: changed(request.body, 'identityJson', () => 'e30=') ?? null,
    })),
  ),
];
