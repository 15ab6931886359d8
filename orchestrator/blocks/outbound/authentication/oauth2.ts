import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { OAuth2Endpoints, OAuth2Properties } from '../../../../contracts/workflow-authentication.js';
import type { Hop } from '../hop.js';
import { OutboundError, shown } from '../outbound-error.js';
import type { Authenticator } from './authenticator.js';
import { proveClient, type ClientAuthenticationDeps } from './client-authentication.js';
import { withoutSlash, type Discover } from './discovery.js';
import { jsonObjectIn } from './json-answer.js';
import type { AccessToken, TokenCache } from './token-cache.js';
import { encodeParameters, grantParameters } from './token-request.js';

export interface OAuth2Deps extends ClientAuthenticationDeps {
  readonly hop: Hop;
  readonly discover: Discover;
  readonly tokens: TokenCache;
  /** How long a token may take: its own time, since several calls may wait for it. */
  readonly deadline: () => AbortSignal;
  /** Tokens of one workspace are not used in another. */
  readonly workspace: string;
}

export type OAuth2Policy =
  | {
      readonly kind: 'oauth2';
      readonly properties: OAuth2Properties & { readonly endpoints?: OAuth2Endpoints | undefined };
    }
  | { readonly kind: 'oidc'; readonly properties: OAuth2Properties };

/** A server that does not say how long its token lives. */
const DEFAULT_LIFETIME_MS = 60_000;

/**
 * OAuth 2.0 (RFC 6749, 8693) and OpenID Connect: gets an access token, keeps it until it ends, and gets another one
 * once when the system called does not accept it. Raises `authentication` when the authorization server refuses.
 */
export function oauth2(policy: OAuth2Policy, deps: OAuth2Deps): Authenticator {
  const key = createHash('sha256')
    .update(JSON.stringify([deps.workspace, policy]))
    .digest('hex');
  const token = (refused?: string): Promise<AccessToken> =>
    deps.tokens.get(key, (before) => requestToken(policy, deps, before?.refreshToken), refused);
  return {
    name: 'access token',
    authorize: async () => ({ scheme: 'Bearer', parameter: (await token()).value }),
    reauthorize: async (_request, { authorization }) => {
      const { value } = await token(authorization?.parameter);
      return value === authorization?.parameter ? undefined : { scheme: 'Bearer', parameter: value };
    },
  };
}

async function requestToken(
  policy: OAuth2Policy,
  deps: OAuth2Deps,
  refreshToken: string | undefined,
): Promise<AccessToken> {
  const { properties } = policy;
  const signal = deps.deadline();
  const parameters = grantParameters(properties, refreshToken);
  const provider =
    policy.kind === 'oidc'
      ? await deps.discover(properties.authority, properties.issuers, signal)
      : { issuer: undefined, tokenEndpoint: tokenEndpointOf(policy.properties) };
  const endpoint = provider.tokenEndpoint;
  const proof = await proveClient(properties.client, endpoint.href, deps);
  const encoding = properties.request?.encoding ?? 'application/x-www-form-urlencoded';
  const response = await deps.hop(
    {
      method: 'POST',
      url: endpoint,
      headers: { accept: 'application/json', 'content-type': encoding, ...proof.headers },
      body: encodeParameters([...parameters, ...Object.entries(proof.parameters)], encoding),
    },
    signal,
  );
  const answer = jsonObjectIn(response) ?? {};
  const {
    access_token: value,
    token_type: type = 'Bearer',
    expires_in: seconds,
    refresh_token: next,
  } = answer;
  if (response.status !== 200 || typeof value !== 'string' || !/^[!-~]+$/.test(value))
    throw new OutboundError(
      'authentication',
      `${shown(endpoint)} gave no access token (${response.status}${reasonIn(answer)}).`,
    );
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw new OutboundError('authentication', `${shown(endpoint)} gave a token that is no bearer token.`);
  const claims = claimsOf(value);
  checkIssuer(endpoint, properties.issuers, claims.iss ?? provider.issuer);
  const now = deps.now().getTime();
  return {
    value,
    expiresAt: expiry(now, seconds, claims.exp),
    ...(typeof next === 'string' ? { refreshToken: next } : { refreshToken }),
  };
}

function tokenEndpointOf({
  authority,
  endpoints,
}: OAuth2Properties & { endpoints?: OAuth2Endpoints | undefined }): URL {
  const path = endpoints?.token ?? '/oauth2/token';
  const text = /^https?:/i.test(path) ? path : `${withoutSlash(authority)}/${path.replace(/^\/+/, '')}`;
  if (URL.canParse(text)) return new URL(text);
  throw new OutboundError('configuration', `The token endpoint ${text} is not an address.`);
}

/** Access tokens are often JWTs. Their signature is for the system called, which has the key. */
function claimsOf(token: string): { readonly iss?: string | undefined; readonly exp?: number | undefined } {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

function checkIssuer(endpoint: URL, wanted: readonly string[] | undefined, issuer: string | undefined): void {
  if (wanted === undefined || wanted.length === 0) return;
  if (issuer !== undefined && wanted.map(withoutSlash).includes(withoutSlash(issuer))) return;
  throw new OutboundError(
    'authentication',
    issuer === undefined
      ? `The token of ${shown(endpoint)} does not say who issued it, and the policy lists issuers.`
      : `The token of ${shown(endpoint)} was issued by ${issuer}, which is not among the policy's issuers.`,
  );
}

function expiry(now: number, seconds: unknown, exp: number | undefined): number {
  const told = typeof seconds === 'string' ? Number(seconds) : seconds;
  if (typeof told === 'number' && Number.isFinite(told) && told >= 0) return now + told * 1000;
  return exp === undefined ? now + DEFAULT_LIFETIME_MS : exp * 1000;
}

/** RFC 6749, 5.2. */
function reasonIn({
  error,
  error_description: description,
}: ReturnType<typeof jsonObjectIn> & object): string {
  const told = [error, description].filter((part) => typeof part === 'string');
  return told.length === 0 ? '' : `: ${told.join(', ').slice(0, 300)}`;
}
