import { textOf, type Json } from '../../../../contracts/json.js';
import {
  accepts,
  after,
  answers,
  bodies,
  bodyOf,
  changed,
  forgets,
  instead,
  json,
  oneTenantForAll,
  requests,
  withoutHeader,
  withoutQuery,
  type Defect,
} from './defect.js';

const of =
  (block: Defect['block']) =>
  (name: string, seenBy: string, twist: Defect['twist']): Defect => ({ block, name, seenBy, twist });
const consent = of('consent');
const identity = of('identity');
const messaging = of('messaging');

const without = (name: string) => (answer: { readonly body?: Json }) =>
  changed(answer.body, name, () => undefined) ?? null;

export const consentDefects: readonly Defect[] = [
  consent(
    'a deleted agreement can still be read',
    'scenario/agreement-life',
    forgets('DELETE /config/data-agreement/*', json(200, {})),
  ),
  consent(
    'a new record is opted in',
    'scenario/record-life',
    bodies('GET /audit/consent-record/*', 'optIn', () => true),
  ),
  consent(
    'hashes are made of something else',
    'scenario/agreement-life',
    bodies('POST /config/data-agreement', 'serializedHash', () => 'abc'),
  ),
  consent('pages are as long as they like', 'scenario/paging', withoutQuery('GET /config/policies', 'limit')),
  consent('pages all begin at the start', 'scenario/paging', withoutQuery('GET /config/policies', 'offset')),
  consent(
    'everybody sees the records of everybody',
    'scenario/record-life',
    requests('GET /service/individual/record/consent-record', (request) => ({
      ...request,
      path: '/audit/consent-records/',
    })),
  ),
  consent(
    'a change of an individual drops what it does not name',
    'scenario/individual-life',
    after(
      'PUT /service/individual/*',
      bodies('GET /service/individual/*', 'externalId', () => undefined),
    ),
  ),
  consent(
    'somebody unknown is found',
    'scenario/individual-life',
    accepts('GET /service/individual/*', { individual: { id: 'x' } }),
  ),
  consent(
    'a forged signature is taken',
    'scenario/forged-signature',
    accepts('POST /service/individual/record/consent-record', {
      consentRecord: { id: 'x', dataAgreementRevisionHash: '', state: 'signed', optIn: true },
    }),
  ),
  consent(
    'the audit loses what is deleted',
    'scenario/agreement-life',
    requests('GET /audit/data-agreements', (request) => ({
      ...request,
      path: '/audit/data-agreements/',
      query: { ...request.query, offset: '100000' },
    })),
  ),
  consent(
    'a change makes no new revision',
    'scenario/agreement-life',
    answers('* /config/data-agreement*', (answer) => ({
      ...answer,
      body: {
        ...bodyOf(answer),
        ...(bodyOf(answer).revision === undefined
          ? {}
          : { revision: { ...(bodyOf(answer).revision as object), id: 'always' } }),
      },
    })),
  ),
  consent(
    'a service sees an agreement that is not active',
    'scenario/agreement-inactive',
    requests('GET /service/data-agreement/*', (request) => ({
      ...request,
      path: request.path.replace('/service/', '/config/'),
    })),
  ),
  consent(
    'a refusal does not hold',
    'scenario/record-life',
    instead('PUT /service/individual/record/consent-record/*', (_right, request) => {
      const id = request.path.split('/').filter(Boolean).pop() ?? '';
      const consentRecord = { id, dataAgreementRevisionHash: '', state: 'unsigned', optIn: true };
      return Promise.resolve(json(200, { consentRecord }));
    }),
  ),
  consent(
    'a draft is stored',
    'scenario/record-life',
    instead('POST /service/individual/record/consent-record/draft', async (right, request) => {
      const { individualId = '', dataAgreementId = '' } = request.query as Record<string, string>;
      await right({
        ...request,
        path: `/service/individual/record/data-agreement/${dataAgreementId}/`,
        query: { individualId },
      });
      return right(request);
    }),
  ),
  consent(
    'a list is named otherwise',
    'configDataAgreementList/answer',
    answers('GET /config/data-agreements', (answer) => ({
      ...answer,
      body: { dataAgreements: bodyOf(answer).dataAgreement ?? [] },
    })),
  ),
  consent(
    'unknown lawful bases are taken',
    'configDataAgreementCreate/type',
    accepts('POST /config/data-agreement', {
      dataAgreement: { id: 'x', version: '1', purpose: 'x', lawfulBasis: 'consent', dpia: 'x' },
    }),
  ),
  consent('one tenant sees the agreements of another', 'scenario/tenants', oneTenantForAll),
];

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
    bodies('GET /.well-known/jwks.json', 'e', (e) => e),
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
].map((defect) =>
  defect.name === 'the key set shows a private key'
    ? {
        ...defect,
        twist: answers('GET /.well-known/jwks.json', (answer) => ({
          ...answer,
          body: {
            keys: ((bodyOf(answer).keys ?? []) as Json[]).map((key) => ({
              ...(key as object),
              d: 'private',
            })),
          },
        })),
      }
    : defect,
);

export const messagingDefects: readonly Defect[] = [
  messaging(
    'only what was asked for is not what is counted',
    'scenario/email-life',
    withoutQuery('GET /status/email', 'status'),
  ),
  messaging(
    'all requests have one identifier',
    'scenario/email-life',
    answers('POST /send/email/*', (answer) =>
      answer.status === 200
        ? { ...answer, body: { response: 'ok', requestUid: 'one', requestUID: 'one' } }
        : answer,
    ),
  ),
  messaging(
    'bounces are delivered',
    'scenario/bounce',
    answers('GET /status/email', (answer) => ({
      ...answer,
      body: { ...bodyOf(answer), delivered: 1, bounced: 0 },
    })),
  ),
  messaging(
    'what is not valid is accepted',
    'sendSingleEmail/missing',
    accepts('POST /send/email/single', { response: 'ok', requestUid: 'x', requestUID: 'x' }),
  ),
  messaging('counts are texts', 'getEmailStatus/answer', bodies('GET /status/email', 'delivered', String)),
  messaging(
    'a batch is one message',
    'scenario/email-life',
    answers('GET /status/email', (answer) => ({
      ...answer,
      body: Object.fromEntries(
        Object.entries(bodyOf(answer)).map(([name, count]) => [name, Math.min(1, Number(count))]),
      ),
    })),
  ),
  messaging(
    'messages stay scheduled',
    'scenario/email-life',
    answers('GET /status/email', (answer) => ({ ...answer, body: { scheduled: 1 } })),
  ),
  messaging(
    'texts are cut',
    'scenario/inbox',
    bodies('GET /sandbox/messages', 'text', (text) => textOf(text).slice(0, 5)),
  ),
  messaging(
    'the oldest comes first',
    'scenario/inbox',
    answers('GET /sandbox/messages', (answer) => ({
      ...answer,
      body: { ...bodyOf(answer), messages: [...((bodyOf(answer).messages ?? []) as Json[])].reverse() },
    })),
  ),
  messaging(
    'the Idempotency-Key is ignored',
    'scenario/idempotency-key',
    withoutHeader('POST /send/email/single', 'idempotency-key'),
  ),
  messaging(
    'a status is remembered for ever',
    'scenario/email-life',
    (() => {
      const kept = new Map<string, Json | undefined>();
      return answers('GET /status/email', (answer, request) => {
        const key = JSON.stringify([request.headers['requestUid'], request.query]);
        if (!kept.has(key)) kept.set(key, answer.body);
        return { ...answer, body: kept.get(key) ?? null };
      });
    })(),
  ),
  messaging('one tenant counts the messages of another', 'scenario/tenants', oneTenantForAll),
  messaging(
    'an unknown request has messages',
    'scenario/unknown-request',
    answers('GET /status/email', () => json(200, { delivered: 3 })),
  ),
  messaging('header names must be spelled in one way', 'getEmailStatus/header-names', {
    handle: (right) => (workspace, request) =>
      request.path === '/status/email' && request.headers['requestUid'] === undefined
        ? Promise.resolve(json(405))
        : right(workspace, request),
  }),
];
