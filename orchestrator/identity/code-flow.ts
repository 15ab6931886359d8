import { decodeJwt } from 'jose';

import { SandboxError } from '../../contracts/problems.js';
import type { Discovery } from './provider-endpoints.js';
import type { SignInAttempt } from './sign-in-attempt.js';
import { challengeOf } from './sign-in-attempt.js';
import type { TokenGrant } from './token-endpoint.js';
import { requestTokens } from './token-endpoint.js';

export interface CodeFlowOptions {
  readonly discovery: Discovery;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `{PUBLIC_URL}/auth/callback` */
  readonly redirectUri: string;
  readonly postLogoutUri: string;
  readonly fetch: typeof fetch;
}

/** The authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1; RFC 9700, 2.1). */
export interface CodeFlow {
  /** Where to send the browser. With `person` (a user name) the provider is asked for that one, whoever is signed in there. */
  authorizationUrl(attempt: SignInAttempt, wishes?: SignInWishes): Promise<string>;
  /** Trades the code; raises GSB-AUT-001 when the provider or the identity token does not agree. */
  exchange(attempt: SignInAttempt, code: string): Promise<TokenGrant>;
  readonly refresh: (refreshToken: string) => Promise<TokenGrant>;
  /** Where the browser ends the provider's session (OpenID Connect RP-Initiated Logout 1.0). */
  endSessionUrl(idToken: string | undefined): Promise<string>;
  /** Makes a refresh token useless (RFC 7009). */
  revoke(refreshToken: string): Promise<void>;
  /** Ends the provider's session behind a refresh token, without its browser: Keycloak's logout for back ends. */
  endSession(refreshToken: string): Promise<void>;
}

export interface SignInWishes {
  /** BCP 47 language tag for the provider's pages. */
  readonly language?: string | undefined;
  readonly person?: string | undefined;
}

export function createCodeFlow(options: CodeFlowOptions): CodeFlow {
  const { discovery, clientId, clientSecret, redirectUri, postLogoutUri, fetch: request } = options;
  const client = { client_id: clientId, client_secret: clientSecret };

  return {
    async authorizationUrl({ state, nonce, verifier }, { language, person } = {}) {
      const url = new URL((await discovery()).authorization);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: challengeOf(verifier),
        code_challenge_method: 'S256',
        ...(language !== undefined && { ui_locales: language }),
        ...(person !== undefined && { login_hint: person, prompt: 'login' }),
      }).toString();
      return url.href;
    },

    async exchange({ nonce, verifier }, code) {
      const { token, issuer } = await discovery();
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      };
      const grant = await requestTokens(token, { ...client, ...form }, request);
      checkIdToken(grant.idToken, { issuer, clientId, nonce });
      return grant;
    },

    async refresh(refreshToken) {
      const { token } = await discovery();
      return requestTokens(
        token,
        { ...client, grant_type: 'refresh_token', refresh_token: refreshToken },
        request,
      );
    },

    async endSessionUrl(idToken) {
      const url = new URL((await discovery()).endSession);
      url.search = new URLSearchParams({
        client_id: clientId,
        post_logout_redirect_uri: postLogoutUri,
        ...(idToken !== undefined && { id_token_hint: idToken }),
      }).toString();
      return url.href;
    },

    async revoke(refreshToken) {
      const { revocation } = await discovery();
      const body = new URLSearchParams({ ...client, token: refreshToken, token_type_hint: 'refresh_token' });
      await request(revocation, { method: 'POST', body });
    },

    async endSession(refreshToken) {
      const { logout } = await discovery();
      const body = new URLSearchParams({ ...client, refresh_token: refreshToken });
      await request(logout, { method: 'POST', headers: { accept: 'application/json' }, body });
    },
  };
}

/**
 * The identity token came over the back channel, so its signature adds nothing (Core 1.0, 3.1.3.7, item 6); that it
 * answers this very attempt has to be checked. The access token beside it is verified when the session starts.
 */
function checkIdToken(
  idToken: string | undefined,
  expected: { readonly issuer: string; readonly clientId: string; readonly nonce: string },
): void {
  const refuse = (why: string): never => {
    throw new SandboxError('GSB-AUT-001', { detail: `The identity token of the sign-in ${why}.` });
  };
  if (idToken === undefined) return refuse('is missing');
  const { iss, aud, nonce } = decodeJwt(idToken);
  if (iss !== expected.issuer) refuse('is of another issuer');
  if (![aud].flat().includes(expected.clientId)) refuse('is for another client');
  if (nonce !== expected.nonce) refuse('answers another sign-in');
}
