import type { OAuth2Properties } from '../../../../contracts/workflow-authentication.js';
import { OutboundError } from '../outbound-error.js';

/** The parameters of a token request; a name may come more than once. */
export type TokenParameters = readonly (readonly [name: string, value: string])[];

/**
 * OWS DSL 1.0.3, OAuth2 Authentication, `grant`. The language has no member for a refresh token: `refresh_token` takes
 * it from `subject.token`, or the newer one that the server gave since. Raises `configuration` for
 * `authorization_code`, and for what is missing.
 */
export function grantParameters(
  properties: OAuth2Properties,
  refreshToken: string | undefined,
): TokenParameters {
  const { grant, scopes = [], audiences = [] } = properties;
  const wanted: TokenParameters = [
    ...(scopes.length === 0 ? [] : [['scope', scopes.join(' ')] as const]),
    ...audiences.map((audience) => ['audience', audience] as const),
  ];
  switch (grant) {
    case 'authorization_code':
      throw new OutboundError(
        'configuration',
        'The grant authorization_code needs a person at a browser, and nobody sits there when a workflow runs. Use client_credentials, or token-exchange on behalf of a person.',
      );
    case 'client_credentials':
      return [['grant_type', grant], ...wanted];
    case 'password':
      return [
        ['grant_type', grant],
        ['username', need(properties.username, 'username')],
        ['password', need(properties.password, 'password')],
        ...wanted,
      ];
    case 'refresh_token':
      return [
        ['grant_type', grant],
        [
          'refresh_token',
          refreshToken ?? need(properties.subject?.token, 'subject.token (the refresh token)'),
        ],
        ...wanted,
      ];
    case 'urn:ietf:params:oauth:grant-type:token-exchange': {
      const { actor } = properties;
      return [
        ['grant_type', grant],
        ['subject_token', need(properties.subject?.token, 'subject.token')],
        ['subject_token_type', tokenType(need(properties.subject?.type, 'subject.type'))],
        ...(actor === undefined
          ? []
          : ([
              ['actor_token', actor.token],
              ['actor_token_type', tokenType(actor.type)],
            ] as const)),
        ...wanted,
      ];
    }
  }
}

const SHORT_TYPES = new Set(['access_token', 'refresh_token', 'id_token', 'saml1', 'saml2', 'jwt']);

/** RFC 8693, 3: a URI; its last part is enough. */
function tokenType(type: string): string {
  return SHORT_TYPES.has(type) ? `urn:ietf:params:oauth:token-type:${type}` : type;
}

export function encodeParameters(
  parameters: TokenParameters,
  encoding: 'application/x-www-form-urlencoded' | 'application/json',
): Buffer {
  if (encoding === 'application/x-www-form-urlencoded')
    return Buffer.from(
      new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString(),
    );
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of parameters) {
    const before = object[name];
    object[name] = before === undefined ? value : [before, value].flat();
  }
  return Buffer.from(JSON.stringify(object));
}

function need(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw new OutboundError('configuration', `The authentication policy lacks ${name}.`);
}
