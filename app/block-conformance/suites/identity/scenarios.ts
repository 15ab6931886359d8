import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { textAt } from '../../json-at.js';
import type { CheckContext, Scenario } from '../../suite.js';
import {
  authenticated,
  authorised,
  bearer,
  challenge,
  clientDetails,
  codeRequest,
  linkCode,
  linked,
  newClient,
  permission,
  registeredClient,
  registrationOf,
  tokenRequest,
  tokens,
  withCsrf,
  wrapped,
} from './sign-in.js';

async function verified(c: CheckContext, token: string, audience?: string): Promise<JWTPayload | undefined> {
  const keys = (await c.call('get-certs')).body as unknown as JSONWebKeySet;
  const issuer = textAt(await c.call('get-.well-known-openid-configuration'), 'issuer');
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer,
      ...(audience === undefined ? {} : { audience }),
    });
    return payload;
  } catch (error) {
    c.expect(
      false,
      'a token is signed by a key of the key set, for its client',
      error instanceof Error ? error.message : String(error),
    );
    return undefined;
  }
}

const SIGN_IN = [
  'get-authorization-generate-link-code',
  'post-authorization-link-transaction',
  'post-linked-authenticate',
];
const OIDC = [
  ...SIGN_IN,
  'post-client',
  'post-linked-consent',
  'post-authorization-link-auth',
  'post-token',
  'get-userinfo',
  'get-certs',
  'get-.well-known-openid-configuration',
];

/** Signing in through a linked wallet, tokens, clients, enrollment. */
export function identityScenarios(): readonly Scenario[] {
  return [
    {
      id: 'linked-sign-in',
      title: 'A person signs in through a linked wallet',
      operations: [...SIGN_IN, 'post-authorization-link-status'],
      play: async (c) => {
        const begun = await linkCode(c);
        const status = withCsrf({ transactionId: begun.transactionId, linkCode: begun.linkCode });
        await c.call('post-authorization-link-status', status, 'refused');
        const transaction = await c.call(
          'post-authorization-link-transaction',
          wrapped({ linkCode: begun.linkCode }),
        );
        c.holds(
          (await c.call('post-authorization-link-status', status)).body,
          { response: { transactionId: begun.transactionId, linkStatus: 'LINKED' } },
          'a link code that was taken up is linked',
        );
        const linkedTransactionId = textAt(transaction, 'response', 'linkTransactionId');
        const done = await c.call('post-linked-authenticate', challenge(c, linkedTransactionId));
        c.holds(done.body, { response: { linkedTransactionId }, errors: [] }, 'the right password signs in');
      },
    },
    {
      id: 'sign-in-refused',
      title: 'A wrong password, somebody unknown and an unknown transaction are refused',
      operations: SIGN_IN,
      play: async (c) => {
        const { linkedTransactionId } = await linked(c);
        for (const [parts, errorCode] of [
          [challenge(c, linkedTransactionId, '999999'), 'auth_failed'],
          [challenge(c, linkedTransactionId, undefined, '0000000000'), 'invalid_identifier'],
          [challenge(c, c.unique('none')), 'invalid_transaction_id'],
        ] as const) {
          const answer = await c.call('post-linked-authenticate', parts, 'refused');
          c.holds(answer.body, { errors: [{ errorCode }] }, 'a refusal says why');
        }
        const unknown = await c.call(
          'post-authorization-link-transaction',
          wrapped({ linkCode: c.unique('none') }),
          'refused',
        );
        c.holds(unknown.body, { errors: [{ errorCode: 'invalid_link_code' }] }, 'a refusal says why');
        await c.call('post-linked-authenticate', challenge(c, linkedTransactionId));
      },
    },
    {
      id: 'tokens',
      title: 'A code becomes tokens once; they show the accepted claims and no others',
      operations: OIDC,
      play: async (c) => {
        const { client, signIn, code, answer } = await tokens(c);
        c.expect(
          answer.headers['cache-control'] === 'no-store',
          'tokens are not cached',
          answer.headers['cache-control'] ?? 'no Cache-Control',
        );
        const payload = await verified(c, textAt(answer, 'id_token'), client.clientId);
        c.expect(payload?.nonce === signIn.nonce, 'an ID token carries the nonce', String(payload?.nonce));
        c.expect(
          payload?.sub !== undefined && payload.sub !== c.fixtures.text('individualId'),
          'the subject does not show the register’s number',
          payload?.sub ?? 'no subject',
        );
        const info = await c.call('get-userinfo', bearer(answer));
        const claims = await verified(c, textAt(info.body));
        c.expect(
          claims?.[c.fixtures.text('claim')] === c.fixtures.value('claimValue'),
          'an accepted claim is shown',
          JSON.stringify(claims),
        );
        c.expect(
          claims?.[c.fixtures.text('otherClaim')] === undefined,
          'a claim that was not accepted is not shown',
          JSON.stringify(claims),
        );
        c.expect(
          claims?.sub === payload?.sub,
          'token and user info are about the same person',
          `${payload?.sub} and ${claims?.sub}`,
        );
        await c.call('post-token', await tokenRequest(c, client, code), 'refused');
      },
    },
    {
      id: 'token-refusals',
      title: 'A guessed code, another address and a client that proves nothing get no tokens',
      operations: OIDC,
      play: async (c) => {
        const client = await registeredClient(c);
        const { code } = await authorised(c, client);
        for (const change of [
          { code: 'guessed' },
          { redirect_uri: 'https://evil.example/' },
          { client_assertion: 'nonsense' },
        ])
          await c.call('post-token', await tokenRequest(c, client, code, change), [400]);
        await c.call('get-userinfo', {}, [401]);
        await c.call('get-userinfo', { headers: { authorization: 'Bearer forged' } }, [401]);
      },
    },
    {
      id: 'consent-first',
      title: 'No code is given before the person has permitted it',
      operations: ['post-client', ...SIGN_IN, 'post-linked-consent', 'post-authorization-link-auth'],
      play: async (c) => {
        const client = await registeredClient(c);
        const signIn = await authenticated(c, client);
        await c.call('post-authorization-link-auth', codeRequest(signIn), 'refused');
        await c.call('post-linked-consent', permission(c, signIn));
        await c.call('post-authorization-link-auth', codeRequest(signIn));
      },
    },
    {
      id: 'clients',
      title: 'A client is registered once and can be changed',
      operations: ['post-client', 'put-oidc-client-client_id'],
      play: async (c) => {
        const client = await newClient(c);
        const made = await c.call('post-client', wrapped(registrationOf(c, client)));
        c.holds(
          made.body,
          { response: { clientId: client.clientId }, errors: [] },
          'a registered client is answered',
        );
        const again = await c.call('post-client', wrapped(registrationOf(c, client)), 'refused');
        c.holds(again.body, { errors: [{ errorCode: 'duplicate_client_id' }] }, 'a refusal says why');
        const change = { ...clientDetails(c), clientName: 'Other clinic', status: 'inactive' };
        const changed = await c.call('put-oidc-client-client_id', {
          path: { client_id: client.clientId },
          ...wrapped(change),
        });
        c.holds(changed.body, { response: { clientId: client.clientId } }, 'a change is answered');
        await c.call(
          'put-oidc-client-client_id',
          { path: { client_id: c.unique('none') }, ...wrapped(change) },
          'refused',
        );
        await c.call(
          'post-client',
          wrapped({ ...registrationOf(c, await newClient(c)), publicKey: { kty: 'none' } }),
          'refused',
        );
      },
    },
    {
      id: 'inactive-client',
      title: 'A client that is not active begins no sign-in',
      operations: ['post-client', 'put-oidc-client-client_id', 'get-authorization-generate-link-code'],
      extension: true,
      play: async (c) => {
        const client = await registeredClient(c);
        const change = { ...clientDetails(c), status: 'inactive' };
        await c.call('put-oidc-client-client_id', {
          path: { client_id: client.clientId },
          ...wrapped(change),
        });
        await c.call(
          'get-authorization-generate-link-code',
          withCsrf({ transactionId: c.unique('t-'), clientId: client.clientId }),
          'refused',
        );
      },
    },
    {
      id: 'discovery',
      title: 'The discovery document names the provider’s own endpoints, and keys that are public',
      operations: ['get-.well-known-openid-configuration', 'get-certs'],
      play: async (c) => {
        const discovery = await c.call('get-.well-known-openid-configuration');
        const issuer = textAt(discovery, 'issuer');
        for (const name of ['token_endpoint', 'userinfo_endpoint', 'jwks_uri'])
          c.expect(
            URL.canParse(textAt(discovery, name)) &&
              new URL(textAt(discovery, name)).origin === new URL(issuer).origin,
            'endpoints are the issuer’s own',
            `${name}: ${textAt(discovery, name)}`,
          );
        const first = JSON.stringify((await c.call('get-certs')).body);
        c.expect(!first.includes('"d":'), 'a key set holds no private key', 'a key has a member d');
        c.expect(
          JSON.stringify((await c.call('get-certs')).body) === first,
          'the keys stay the same',
          'they changed between two requests',
        );
      },
    },
    {
      id: 'enrollment',
      title: 'An enrollment packet gets its receipt, the same one when it is sent again',
      operations: ['put-enrollment'],
      play: async (c) => {
        const body = {
          id: 'check',
          version: '1.0',
          requesttime: '2025-01-01T00:00:00Z',
          request: { id: c.unique('packet-'), refId: 'r-1', fields: { fullName: 'Amina Diallo' } },
        };
        const first = await c.call('put-enrollment', { body });
        c.holds(
          first.body,
          { id: 'check', response: [{ id: body.request.id, refId: 'r-1' }] },
          'a receipt names the packet',
        );
        const again = await c.call('put-enrollment', { body });
        c.holds(
          again.body,
          {
            response: [
              {
                packetName: textAt(first, 'response', 0, 'packetName'),
                creationDate: textAt(first, 'response', 0, 'creationDate'),
              },
            ],
          },
          'the same packet is kept once',
        );
      },
    },
    {
      id: 'tenants',
      title: 'A sign-in that one tenant began no other tenant knows',
      operations: ['get-authorization-generate-link-code', 'post-authorization-link-transaction'],
      play: async (c) => {
        const other = c.otherTenant();
        const begun = await linkCode(c);
        await other.call(
          'post-authorization-link-transaction',
          wrapped({ linkCode: begun.linkCode }),
          'refused',
        );
      },
    },
  ];
}
