import { z } from 'zod';
import { byKey, choice, isMapping, shape } from './shape.js';
import { uriTemplate } from './primitives.js';

/* contracts/workflow-authentication.ts. OWS DSL 1.0.3, Authentication. */

const fromSecret = shape('fromSecret', 'The name of one of use.secrets, which holds the properties.', {
  use: z.string().min(1).describe('One of use.secrets.'),
});

function orSecret(id: string, description: string, inline: z.ZodType): z.ZodType {
  return choice(
    id,
    description,
    () => [inline, fromSecret],
    (value) => (isMapping(value) && Object.hasOwn(value, 'use') ? fromSecret : inline),
  );
}

const userAndPassword = shape('userAndPassword', 'Who, and the password.', {
  username: z.string(),
  password: z.string(),
});
const bearerToken = shape('bearerToken', 'A token that is sent as it is.', { token: z.string() });

const oauth2Token = shape('oauth2Token', 'A token for an exchange, and its type.', {
  token: z.string(),
  type: z.string(),
});

const oauth2Properties = {
  authority: uriTemplate.describe("The authorization server's address."),
  grant: z
    .enum([
      'authorization_code',
      'client_credentials',
      'password',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ])
    .describe('How the token is asked for.'),
  client: shape('oauth2Client', 'Which client asks, and how it proves it.', {
    id: z.string().optional(),
    secret: z.string().optional(),
    assertion: z.string().optional(),
    authentication: z
      .enum(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'])
      .optional(),
  }).optional(),
  request: shape('oauth2Request', 'How the request for a token is written.', {
    encoding: z.enum(['application/x-www-form-urlencoded', 'application/json']).optional(),
  }).optional(),
  issuers: z.array(z.string()).optional().describe('Issuers whose tokens are accepted.'),
  scopes: z.array(z.string()).optional(),
  audiences: z.array(z.string()).optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  subject: oauth2Token.optional(),
  actor: oauth2Token.optional(),
};

const oauth2 = shape('oauth2Properties', 'OAuth 2.0: where and how a token is asked for.', {
  ...oauth2Properties,
  endpoints: shape('oauth2Endpoints', 'Paths below the authority.', {
    token: z.string().optional(),
    revocation: z.string().optional(),
    introspection: z.string().optional(),
  }).optional(),
});
const oidc = shape('oidcProperties', 'OpenID Connect: the endpoints are discovered.', oauth2Properties);

const policies = {
  basic: shape('basicPolicy', 'User name and password (RFC 7617).', {
    basic: orSecret('basicOrSecret', 'The user, or a secret that holds it.', userAndPassword),
  }),
  bearer: shape('bearerPolicy', 'A bearer token (RFC 6750).', {
    bearer: orSecret('bearerOrSecret', 'The token, or a secret that holds it.', bearerToken),
  }),
  digest: shape('digestPolicy', 'Digest access (RFC 7616).', {
    digest: orSecret('digestOrSecret', 'The user, or a secret that holds it.', userAndPassword),
  }),
  oauth2: shape('oauth2Policy', 'OAuth 2.0 (RFC 6749).', {
    oauth2: orSecret('oauth2OrSecret', 'The properties, or a secret that holds them.', oauth2),
  }),
  oidc: shape('oidcPolicy', 'OpenID Connect.', {
    oidc: orSecret('oidcOrSecret', 'The properties, or a secret that holds them.', oidc),
  }),
};

export const authenticationPolicy = choice(
  'authenticationPolicy',
  'How the workflow proves who it is to what it calls.',
  () => Object.values(policies),
  byKey(() => policies, 'one of basic, bearer, digest, oauth2, oidc'),
);

const policyName = shape('authenticationName', 'The name of one of use.authentications.', {
  use: z.string().min(1).describe('One of use.authentications.'),
});

export const authentication = choice(
  'authentication',
  'A policy, or the name of one of use.authentications.',
  () => [policyName, ...Object.values(policies)],
  byKey(() => ({ use: policyName, ...policies }), 'one of use, basic, bearer, digest, oauth2, oidc'),
);
