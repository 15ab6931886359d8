import express from 'express';
import type { Request, RequestHandler, Response, Router } from 'express';

import type { Clock } from '../../../contracts/clock.js';
import type { DocumentStore } from '../../../contracts/documents.js';
import type { Guard, Principal, TokenVerifier } from '../../../contracts/identity.js';
import { SandboxError } from '../../../contracts/problems.js';
import { createCodeFlow } from '../code-flow.js';
import { readCookie, serializeCookie } from '../cookies.js';
import type { RandomToken } from '../opaque.js';
import { randomToken, sameSecret } from '../opaque.js';
import type { Discovery } from '../provider-endpoints.js';
import { safeReturnPath } from '../return-path.js';
import { createSessions } from '../sessions.js';
import {
  ATTEMPT_SECONDS,
  attemptCookieName,
  beginAttempt,
  decodeAttempt,
  encodeAttempt,
} from '../sign-in-attempt.js';
import { authenticationOf } from './current-principal.js';
import { createGuard } from './guard.js';
import { createSessionCookie } from './session-cookie.js';

export interface SignInOptions {
  readonly discovery: Discovery;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Origin at which browsers reach the sandbox. */
  readonly publicUrl: string;
  readonly verifier: TokenVerifier;
  readonly documents: DocumentStore;
  readonly clock: Clock;
  /** How long a session lives after its last use: the realm's ssoSessionIdleTimeout. */
  readonly sessionSeconds?: number;
  /** Whether the provider signs a persona in at the same origin and asks nothing. Absent: it does not. */
  readonly oneClick?: boolean;
  readonly fetch?: typeof fetch;
  readonly random?: RandomToken;
  /** Told before the browser hears of it. */
  readonly note?: (event: SignInEvent) => Promise<void>;
}

/** Who came, who went, and whose sign-in did not succeed. */
export interface SignInEvent {
  readonly kind: 'sign-in' | 'sign-out';
  readonly principal?: Principal;
  /** Status of the answer. */
  readonly outcome: number;
  readonly request: Request;
}

export interface SignIn {
  /**
   * `/auth/login`, `/auth/callback`, `/auth/logout` (with `?everywhere`: in all browsers of that person), `/auth/me`,
   * and `/.well-known/oauth-protected-resource` (RFC 9728), by which the command line finds the provider: mount it at
   * the root.
   */
  readonly router: Router;
  /** Knows bearer tokens and these sessions. */
  readonly guard: Guard<Request, RequestHandler>;
}

/**
 * Sign-in through the server: the browser holds one HttpOnly cookie, never a token. It works over plain http from
 * another machine, where browsers offer no `crypto.subtle`.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { discovery, clientId, clientSecret, verifier, documents, clock } = options;
  const { fetch: fetchIn = fetch, random = randomToken, sessionSeconds } = options;
  const { origin: publicUrl, host, protocol } = new URL(options.publicUrl);
  const secure = protocol === 'https:';
  const flow = createCodeFlow({
    discovery,
    clientId,
    clientSecret,
    redirectUri: `${publicUrl}/auth/callback`,
    postLogoutUri: `${publicUrl}/`,
    fetch: fetchIn,
  });
  const sessions = createSessions({
    documents,
    clock,
    verifier,
    random,
    refresh: flow.refresh,
    ...(sessionSeconds !== undefined && { lifeSeconds: sessionSeconds }),
  });
  const cookie = createSessionCookie(sessions, publicUrl, sessionSeconds);
  const guard = createGuard({ verifier, sessionOf: cookie.sessionOf });
  const attemptCookie = (response: Response, state: string, value: string): void => {
    const maxAgeSeconds = value === '' ? 0 : ATTEMPT_SECONDS;
    const named = { name: attemptCookieName(state), value, path: '/auth', maxAgeSeconds, secure };
    response.append('Set-Cookie', serializeCookie(named));
  };

  const note = options.note ?? (() => Promise.resolve());

  const login: RequestHandler = async (request, response) => {
    const returnTo = safeReturnPath(request.query.returnTo, publicUrl);
    // The provider answers to PUBLIC_URL; a cookie set under another name of this machine would not be there.
    if (request.host !== host && request.query.here === undefined) {
      response.redirect(
        302,
        `${publicUrl}/auth/login?${new URLSearchParams({ returnTo, here: '1' }).toString()}`,
      );
      return;
    }
    const attempt = beginAttempt(random, returnTo);
    const language = shortText(request.query.lang, 35);
    const person = fromElsewhere(request) ? undefined : shortText(request.query.persona, 60);
    if (person !== undefined) await leaveFormer(request);
    attemptCookie(response, attempt.state, encodeAttempt(attempt));
    response.redirect(302, await flow.authorizationUrl(attempt, { language, person }));
  };

  /**
   * Who becomes somebody else signs out at the provider first: it would otherwise go on with the former person. The
   * session here ends when the next one begins, so that the page which is still open does not fall apart meanwhile.
   */
  async function leaveFormer(request: Request): Promise<void> {
    const id = cookie.idOf(request);
    const former = id === undefined ? undefined : await sessions.atProvider(id);
    if (former?.refreshToken === undefined) return;
    await flow.endSession(former.refreshToken).catch(() => undefined);
  }

  const callback: RequestHandler = async (request, response) => {
    try {
      const principal = await finish(request, response);
      await note({ kind: 'sign-in', ...(principal && { principal }), outcome: 303, request });
    } catch (error) {
      const outcome = error instanceof SandboxError ? error.status : 500;
      await note({ kind: 'sign-in', outcome, request });
      throw error;
    }
    response.end();
  };

  const finish = async (request: Request, response: Response): Promise<Principal | undefined> => {
    const { state, code, error } = request.query;
    if (typeof state !== 'string') throw refused('the answer carries no state');
    const attempt = decodeAttempt(readCookie(request.headers.cookie, attemptCookieName(state)));
    if (attempt === undefined || !sameSecret(state, attempt.state)) {
      throw refused('it is too old, or was begun in another browser');
    }
    attemptCookie(response, state, '');
    if (typeof error === 'string') throw refused(`the identity provider answered ${error.slice(0, 80)}`);
    if (typeof code !== 'string') throw refused('the answer carries no code');
    const { id } = await sessions.start(await flow.exchange(attempt, code));
    // A session that this browser had before ends: its id must not outlive the change of person.
    const former = cookie.idOf(request);
    if (former !== undefined) await sessions.end(former);
    cookie.set(response, id);
    response.status(303).location(safeReturnPath(attempt.returnTo, publicUrl));
    return (await sessions.resolve(id))?.principal;
  };

  const logout: RequestHandler = async (request, response) => {
    const id = cookie.idOf(request);
    const principal = authenticationOf(request)?.principal;
    const ended = id === undefined ? undefined : await sessions.end(id);
    cookie.clear(response);
    // It is over here in any case; a provider that does not answer must not keep anybody signed in.
    if (request.query.everywhere !== undefined) await endEverywhere(authenticationOf(request)?.principal);
    if (ended?.refreshToken !== undefined) await flow.revoke(ended.refreshToken).catch(() => undefined);
    const redirectTo = ended === undefined ? '/' : await flow.endSessionUrl(ended.idToken).catch(() => '/');
    if (ended !== undefined)
      await note({ kind: 'sign-out', ...(principal && { principal }), outcome: 200, request });
    response.json({ redirectTo });
  };

  /** The sessions of that person in other browsers, and those behind them at the provider. */
  async function endEverywhere(principal: Principal | undefined): Promise<void> {
    if (principal === undefined) return;
    const others = await sessions.endAllOf(principal.subject);
    await Promise.allSettled(
      others.flatMap(({ refreshToken }) =>
        refreshToken === undefined ? [] : [flow.endSession(refreshToken)],
      ),
    );
  }

  const me: RequestHandler = (request, response) => {
    const found = authenticationOf(request);
    response.json({
      principal: found?.principal ?? null,
      csrfToken: found?.csrfToken ?? null,
      oneClick: options.oneClick === true && request.host === host,
    });
  };

  const router = express.Router();
  router.get('/.well-known/oauth-protected-resource', async (_request, response) => {
    const { issuer } = await discovery();
    response.json({
      resource: publicUrl,
      authorization_servers: [issuer],
      scopes_supported: ['openid', 'profile'],
      bearer_methods_supported: ['header'],
      resource_name: 'GovStack sandbox (training)',
    });
  });
  router.use('/auth', neverStored);
  router.get('/auth/login', login);
  router.get('/auth/callback', callback);
  router.post('/auth/logout', guard.authenticate, logout);
  router.get('/auth/me', guard.authenticate, me);
  return { router, guard };
}

const neverStored: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store').vary('Cookie');
  next();
};

/** A link on another site must not choose who somebody is here. Browsers say where a request comes from on secure origins. */
function fromElsewhere(request: Request): boolean {
  return request.get('sec-fetch-site') === 'cross-site';
}

function shortText(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, most) : undefined;
}

function refused(why: string): SandboxError {
  return new SandboxError('GSB-AUT-001', { detail: `The sign-in did not succeed: ${why}. Start it again.` });
}
