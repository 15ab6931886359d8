import { ruleOf, type RuleCatalogue } from '../kit/rules.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const identityRules: RuleCatalogue = {
  authenticated: ruleOf(200, 'The person proved who they are', ['post-linked-authenticate']),
  claims: ruleOf(200, 'The claims that the person permitted, signed', ['get-userinfo']),
  code: ruleOf(200, 'The authorization code of the linked transaction', ['post-authorization-link-auth']),
  configuration: ruleOf(200, 'The discovery document', ['get-.well-known-openid-configuration']),
  created: ruleOf(200, 'It is new', ['post-client']),
  'error:auth_failed': ruleOf(200, 'The challenge is not right', ['post-linked-authenticate']),
  'error:duplicate_client_id': ruleOf(200, 'There is a client of this id', ['post-client']),
  'error:invalid_accepted_claim': ruleOf(200, 'A claim was accepted that nobody asked for', [
    'post-linked-consent',
  ]),
  'error:invalid_assertion': ruleOf(
    400,
    'The client assertion is not signed by the key of the client, or is not for this endpoint',
    ['post-token'],
  ),
  'error:invalid_assertion_type': ruleOf(400, 'The client assertion is of another type', ['post-token']),
  'error:invalid_client_id': ruleOf(200, 'There is no client of this id', [
    'post-authorization-link-transaction',
    'put-oidc-client-client_id',
  ]),
  'error:invalid_identifier': ruleOf(200, 'Nobody has this identifier', ['post-linked-authenticate']),
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
  'error:invalid_public_key': ruleOf(200, 'The public key is no RSA key', ['post-client']),
  'error:invalid_redirect_uri': ruleOf(400, 'The redirect URI is not the one of the transaction', [
    'post-token',
  ]),
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
    ruleOf(400, 'The transaction is not in the state for this', ['post-token']),
  ],
  'error:invalid_transaction_id': ruleOf(200, 'There is no such transaction', [
    'get-authorization-generate-link-code',
    'post-authorization-link-auth',
    'post-authorization-link-status',
    'post-linked-authenticate',
    'post-linked-consent',
  ]),
  'error:response_timeout': ruleOf(200, 'The wallet did not do its part yet', [
    'post-authorization-link-auth',
    'post-authorization-link-status',
  ]),
  'invalid-request': [
    ruleOf(
      200,
      'Path, query, headers or body do not fit the contract, told in the shape of the official document',
      [
        'get-authorization-generate-link-code',
        'post-authorization-link-auth',
        'post-authorization-link-status',
        'post-authorization-link-transaction',
        'post-client',
        'post-linked-authenticate',
        'post-linked-consent',
        'put-enrollment',
        'put-oidc-client-client_id',
      ],
    ),
    ruleOf(
      400,
      'Path, query, headers or body do not fit the contract, told in the shape of the official document',
      ['post-token'],
    ),
  ],
  keys: ruleOf(200, 'The public key that tokens are signed with', ['get-certs']),
  'link-code:new': ruleOf(200, 'A link code that a wallet can scan', [
    'get-authorization-generate-link-code',
  ]),
  linked: ruleOf(200, 'The transaction is linked to a wallet', [
    'post-authorization-link-status',
    'post-authorization-link-transaction',
  ]),
  permitted: ruleOf(200, 'The person permitted claims and scopes', ['post-linked-consent']),
  received: ruleOf(200, 'The enrollment is stored', ['put-enrollment']),
  repeated: ruleOf(200, 'The same was done before; nothing changes', ['put-enrollment']),
  tokens: ruleOf(200, 'Access and ID token', ['post-token']),
  updated: ruleOf(200, 'It was changed', ['put-oidc-client-client_id']),
};
