import { z } from 'zod';

/**
 * A policy as it must be when a call is made: names and secrets resolved, expressions evaluated. Secrets may hold
 * anything, so it is checked once more. OWS DSL 1.0.3, Authentication.
 */
const text = z.string({ error: 'must be text' });
const userAndPassword = z.object({ username: text, password: text });
const token = z.object({ token: text, type: text });
const oauth2Properties = z.object({
  authority: text,
  grant: z.enum(
    [
      'authorization_code',
      'client_credentials',
      'password',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ],
    { error: 'is no grant that the language knows' },
  ),
  client: z
    .object({
      id: text.optional(),
      secret: text.optional(),
      assertion: text.optional(),
      authentication: z
        .enum(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'], {
          error: 'is no client authentication that the language knows',
        })
        .optional(),
    })
    .optional(),
  request: z
    .object({ encoding: z.enum(['application/x-www-form-urlencoded', 'application/json']).optional() })
    .optional(),
  issuers: z.array(text).optional(),
  scopes: z.array(text).optional(),
  audiences: z.array(text).optional(),
  username: text.optional(),
  password: text.optional(),
  subject: token.optional(),
  actor: token.optional(),
});
const endpoints = z.object({
  token: text.optional(),
  revocation: text.optional(),
  introspection: text.optional(),
});

/** By scheme, so that an error names the member that is wrong and not every scheme that it could have been. */
export const policySchemas = {
  basic: z.object({ basic: userAndPassword }),
  bearer: z.object({ bearer: z.object({ token: text }) }),
  digest: z.object({ digest: userAndPassword }),
  oauth2: z.object({ oauth2: oauth2Properties.extend({ endpoints: endpoints.optional() }) }),
  oidc: z.object({ oidc: oauth2Properties }),
} as const;
