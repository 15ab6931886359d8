import { magicRules } from '../kit/magic-rules.js';
import { ruleOf, type RuleCatalogue } from '../kit/rules.js';
import { biometricTable, passwordTable } from './outcomes.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const identityRules: RuleCatalogue = {
  ...magicRules(passwordTable, [{ status: 200, operations: ['post-linked-authenticate'] }]),
  ...magicRules(biometricTable, {
    'biometric-match': [{ status: 200, operations: ['post-linked-authenticate'] }],
    'biometric-no-match': [{ status: 200, operations: ['post-linked-authenticate'] }],
    'biometric-poor-quality': [{ status: 200, operations: ['post-linked-authenticate', 'put-enrollment'] }],
  }),
  'biometric-enrolled': ruleOf(200, 'The sample is one that was enrolled for the person', [
    'post-linked-authenticate',
  ]),
  blocked: ruleOf(200, 'The person signs in no more, until the time given or for good', ['post-block']),
  bound: ruleOf(200, 'The key of the wallet stands for the person', ['post-wallet-binding']),
  card: ruleOf(200, 'A page that says that it is no card', ['post-download-card']),
  claims: ruleOf(200, 'The claims that the person permitted, signed', ['get-userinfo']),
  code: ruleOf(200, 'The authorization code of the linked transaction', ['post-authorization-link-auth']),
  configuration: ruleOf(200, 'The discovery document', ['get-.well-known-openid-configuration']),
  'consent-page': ruleOf(200, 'The person is signed in, and asked which claims the client may see', [
    'post-authorize-sign-in',
  ]),
  created: ruleOf(200, 'It is new', ['post-client']),
  'error:auth_failed': ruleOf(200, 'The challenge is not right', [
    'post-linked-authenticate',
    'post-update-uin',
  ]),
  'error:consent_denied': ruleOf(200, 'The person did not consent: nothing is shared', [
    'post-share-credential',
  ]),
  'error:duplicate_client_id': ruleOf(200, 'There is a client of this id', ['post-client']),
  'error:duplicate_public_key': ruleOf(200, 'The key is bound already', ['post-wallet-binding']),
  'error:invalid_accepted_claim': ruleOf(200, 'A claim was accepted that nobody asked for', [
    'post-linked-consent',
  ]),
  'error:invalid_assertion': ruleOf(
    400,
    'The client assertion is not signed by the key of the client, or is not for this endpoint',
    ['post-token'],
  ),
  'error:invalid_assertion_type': ruleOf(400, 'The client assertion is of another type', ['post-token']),
  'error:invalid_attributes': ruleOf(200, 'Nothing that is asked for is known here', [
    'post-share-credential',
  ]),
  'error:invalid_auth_challenge': ruleOf(200, 'The code of the person is wrong', ['post-wallet-binding']),
  'error:invalid_client_id': [
    ruleOf(200, 'There is no client of this id', [
      'post-authorization-link-transaction',
      'put-oidc-client-client_id',
    ]),
    ruleOf(400, 'There is no active client of this id: nobody is redirected', ['get-authorize']),
  ],
  'error:invalid_id': ruleOf(200, 'Nobody has this number', ['post-block', 'post-unblock']),
  'error:invalid_identifier': ruleOf(200, 'Nobody has this identifier', [
    'post-linked-authenticate',
    'post-update-uin',
  ]),
  'error:invalid_input': ruleOf(200, 'A value cannot be read: a date-time, or JSON in base64', [
    'post-block',
    'post-unblock',
    'post-update-uin',
  ]),
  'error:invalid_link_code': ruleOf(200, 'The link code is unknown, used or expired', [
    'post-authorization-link-auth',
    'post-authorization-link-status',
    'post-authorization-link-transaction',
  ]),
  'error:invalid_no_of_challenges': ruleOf(200, 'The number of challenges is not the one that is asked for', [
    'post-linked-authenticate',
  ]),
  'error:invalid_permitted_scope': ruleOf(200, 'A scope was permitted that nobody asked for', [
    'post-linked-consent',
  ]),
  'error:invalid_public_key': ruleOf(
    200,
    'The public key cannot be used: for a client it is RSA, for a wallet it comes as JWK',
    ['post-client', 'post-wallet-binding'],
  ),
  'error:invalid_redirect_uri': [
    ruleOf(400, 'The redirect URI is not the one of the transaction', ['post-token']),
    ruleOf(400, 'The client did not register this redirect URI: nobody is redirected', ['get-authorize']),
  ],
  'error:invalid_request': [
    ruleOf(200, 'A parameter is missing or of another kind', ['get-authorization-generate-link-code']),
    ruleOf(400, 'A parameter is missing or of another kind', ['post-token']),
  ],
  'error:invalid_token': ruleOf(401, 'The access token is not valid here', ['get-userinfo']),
  'error:invalid_transaction': [
    ruleOf(200, 'The transaction is not in the state for this', [
      'get-authorization-generate-link-code',
      'post-linked-authenticate',
      'post-linked-consent',
    ]),
    ruleOf(400, 'The transaction is not in the state for this', [
      'post-authorize-consent',
      'post-authorize-sign-in',
      'post-token',
    ]),
  ],
  'error:invalid_transaction_id': ruleOf(200, 'There is no such transaction', [
    'get-authorization-generate-link-code',
    'post-authorization-link-auth',
    'post-authorization-link-status',
    'post-linked-authenticate',
    'post-linked-consent',
  ]),
  'error:invalid_uin': ruleOf(200, 'Nobody has this number', ['patch-update-identity']),
  'error:key_binding_failed': ruleOf(200, 'The person is blocked or deactivated', ['post-wallet-binding']),
  'error:response_timeout': ruleOf(200, 'The wallet did not do its part yet', [
    'post-authorization-link-auth',
    'post-authorization-link-status',
  ]),
  'error:unauthorized': ruleOf(401, 'The access token is not valid here', [
    'get-event',
    'get-service-history',
    'post-download-card',
    'post-share-credential',
  ]),
  'error:unsupported_challenge_format': ruleOf(200, 'There is no such format of challenges', [
    'post-wallet-binding',
  ]),
  found: ruleOf(200, 'The event is one of the person who is signed in', ['get-event']),
  'invalid-request': [
    ruleOf(
      200,
      'Path, query, headers or body do not fit the contract, told in the shape of the official document',
      [
        'get-authorization-generate-link-code',
        'patch-update-identity',
        'post-authorization-link-auth',
        'post-authorization-link-status',
        'post-authorization-link-transaction',
        'post-block',
        'post-client',
        'post-linked-authenticate',
        'post-linked-consent',
        'post-share-credential',
        'post-unblock',
        'post-update-uin',
        'post-wallet-binding',
        'put-enrollment',
        'put-oidc-client-client_id',
      ],
    ),
    ruleOf(
      400,
      'Path, query, headers or body do not fit the contract, told in the shape of the official document',
      ['get-authorize', 'post-authorize-consent', 'post-authorize-sign-in', 'post-token'],
    ),
  ],
  keys: ruleOf(200, 'The public key that tokens are signed with', ['get-certs']),
  'link-code:again': ruleOf(200, 'Another link code for a transaction that is open', [
    'get-authorization-generate-link-code',
  ]),
  'link-code:new': ruleOf(200, 'A link code that a wallet can scan', [
    'get-authorization-generate-link-code',
  ]),
  linked: ruleOf(200, 'The transaction is linked to a wallet', [
    'post-authorization-link-status',
    'post-authorization-link-transaction',
  ]),
  listed: ruleOf(200, 'Events of the person who is signed in, perhaps none', ['get-service-history']),
  permitted: ruleOf(200, 'The person permitted claims and scopes', ['post-linked-consent']),
  received: ruleOf(200, 'The enrollment is stored', ['put-enrollment']),
  'redirect:access_denied': ruleOf(
    302,
    'The person cancelled or refused, was rejected, or tried too many wrong codes',
    ['post-authorize-consent', 'post-authorize-sign-in'],
  ),
  'redirect:code': ruleOf(302, 'Back to the client, with a code', [
    'post-authorize-consent',
    'post-authorize-sign-in',
  ]),
  'redirect:invalid_request': ruleOf(302, 'A parameter of the client is missing or of another kind', [
    'get-authorize',
  ]),
  'redirect:invalid_scope': ruleOf(302, 'The client does not ask for `openid`', ['get-authorize']),
  'redirect:login_required': ruleOf(302, 'The client wants no page, and nobody is signed in', [
    'get-authorize',
  ]),
  'redirect:unmet_authentication_requirements': ruleOf(
    302,
    'The client insists on a way to sign in that it is not offered',
    ['get-authorize'],
  ),
  'redirect:unsupported_response_type': ruleOf(302, 'The client asks for something else than a code', [
    'get-authorize',
  ]),
  'refused:GSB-REQ-002': ruleOf(404, 'The person who is signed in has no such event', ['get-event']),
  repeated: ruleOf(200, 'The same was done before; nothing changes', ['put-enrollment']),
  shared: ruleOf(200, 'A verifiable credential for the partner; the event holds it', [
    'post-share-credential',
  ]),
  'sign-in-page': ruleOf(200, 'The page on which the person signs in', ['get-authorize']),
  'sign-in-page:again': ruleOf(200, 'Number or code is wrong; the page says so and asks again', [
    'post-authorize-sign-in',
  ]),
  tokens: ruleOf(200, 'Access and ID token', ['post-token']),
  unblocked: ruleOf(200, 'The person can sign in again', ['post-unblock']),
  updated: ruleOf(200, 'It was changed', [
    'patch-update-identity',
    'post-update-uin',
    'put-oidc-client-client_id',
  ]),
};
