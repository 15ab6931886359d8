import { basicOf, bearerOf } from './credentials.js';
import type { Json } from '../../../contracts/json.js';
import type { HostAnswer, HostRequest } from './test-host.js';

/**
 * An authorization server and what it protects. `/oauth2/token` (by default), `/custom/token` and `/oidc/token` (named by
 * the discovery document) issue tokens to the client `training-client`; `/protected` answers with what the token was
 * issued for.
 */
export function authorizationServer(): {
  readonly handle: (request: HostRequest) => HostAnswer | undefined;
  readonly forget: () => void;
} {
  const issued = new Map<string, Record<string, Json>>();
  const issue = (request: HostRequest): HostAnswer => {
    const form = parametersOf(request);
    const refusal = refusalOf(request, form);
    if (refusal !== undefined) return { status: 401, body: { error: refusal } };
    const token = `token-${issued.size + 1}`;
    issued.set(token, {
      endpoint: request.path,
      grant: form['grant_type'] ?? '',
      client: clientOf(request, form).way,
      encoding: (request.headers['content-type'] ?? '').split(';')[0] ?? '',
      scope: form['scope'] ?? '',
      audience: form['audience'] ?? '',
      user: form['username'] ?? '',
      subject: form['subject_token'] ?? '',
      actor: form['actor_token'] ?? '',
    });
    return {
      status: 200,
      body: { access_token: token, token_type: 'Bearer', expires_in: 300, scope: form['scope'] ?? '' },
    };
  };
  return {
    forget: () => issued.clear(),
    handle: (request) => {
      switch (request.path) {
        case '/oauth2/token':
        case '/custom/token':
        case '/oidc/token':
          return issue(request);
        case '/.well-known/openid-configuration':
          return { status: 200, body: discovery };
        case '/protected': {
          const grant = issued.get(bearerOf(request) ?? '');
          return grant === undefined
            ? { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: { error: 'invalid_token' } }
            : { status: 200, body: grant };
        }
        default:
          return undefined;
      }
    },
  };
}

const discovery = {
  issuer: 'https://services.example',
  authorization_endpoint: 'https://services.example/oidc/authorize',
  token_endpoint: 'https://services.example/oidc/token',
  jwks_uri: 'https://services.example/oidc/jwks',
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
};

function parametersOf({ headers, body }: HostRequest): Readonly<Record<string, string>> {
  if ((headers['content-type'] ?? '').includes('json')) return JSON.parse(body) as Record<string, string>;
  return Object.fromEntries(new URLSearchParams(body));
}

/** How the client proved itself: by header, by form, by a signed assertion, or not at all. */
function clientOf(
  request: HostRequest,
  form: Readonly<Record<string, string>>,
): { readonly way: string; readonly holds: boolean } {
  const basic = basicOf(request);
  if (basic !== undefined)
    return {
      way: 'client_secret_basic',
      holds: basic.user === 'training-client' && basic.password === 'training-secret',
    };
  if (form['client_assertion'] !== undefined)
    return { way: 'assertion', holds: form['client_assertion'].split('.').length === 3 };
  if (form['client_secret'] !== undefined)
    return {
      way: 'client_secret_post',
      holds: form['client_id'] === 'training-client' && form['client_secret'] === 'training-secret',
    };
  return { way: 'none', holds: form['client_id'] === 'training-public-client' };
}

function refusalOf(request: HostRequest, form: Readonly<Record<string, string>>): string | undefined {
  if (!clientOf(request, form).holds) return 'invalid_client';
  switch (form['grant_type']) {
    case 'client_credentials':
      return undefined;
    case 'password':
      return form['username'] === 'reader' && form['password'] === 'training' ? undefined : 'invalid_grant';
    case 'refresh_token':
      return form['refresh_token'] === undefined ? 'invalid_grant' : undefined;
    case 'urn:ietf:params:oauth:grant-type:token-exchange':
      return form['subject_token'] === undefined ? 'invalid_grant' : undefined;
    default:
      return 'unsupported_grant_type';
  }
}
