import express from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Response, Router } from 'express';
import type { Provider } from 'oidc-provider';

import type { PersonaIdentity, TokenVerifier } from '../../../../contracts/identity.js';
import { SandboxError } from '../../../../contracts/problems.js';
import { isStoreUnavailable, STORE_RETRY_AFTER_SECONDS } from '../../../../contracts/store-unavailable.js';
import type { RealmUser } from '../../realm/realm.js';
import type { Accounts } from '../accounts.js';
import { pageTexts } from '../page-texts.js';
import { backEndLogout } from './back-end-logout.js';
import { escape, page, pagePolicy, personaPicker } from '../pages.js';
import { waitingPage } from './store-away.js';

export interface RealmRouterOptions {
  readonly provider: Provider;
  readonly realmPath: string;
  readonly publicUrl: string;
  readonly accounts: Accounts;
  /** Whom the picker offers, as they are called at this moment. */
  readonly personas: () => Promise<readonly PersonaIdentity[]>;
  readonly verifier: TokenVerifier;
  /** Signing in through the upstream provider; absent where there is none. */
  readonly nationalId?: Router | undefined;
}

const LOGOUT = '/protocol/openid-connect/logout';

/** Everything below `/realms/{realm}`; mount it at the root, before any body parser. */
export function createRealmRouter(options: RealmRouterOptions): Router {
  const { provider, realmPath, publicUrl, accounts, personas, verifier, nationalId } = options;
  const router = express.Router();
  const realm = express.Router();

  realm.use(speakAsPublicUrl(publicUrl), pageHeaders);

  realm.get('/login/:uid', async (request, response) => {
    const interaction = await provider.interactionDetails(request, response).catch(interactionLost);
    // The console already asked whom: a person named there needs no second choice, since none needs a password.
    const wanted = personWanted(interaction.params);
    if (wanted !== undefined) {
      await finish(request, response, wanted);
      return;
    }
    const texts = pageTexts(languageOf(interaction.params, request));
    const action = `${realmPath}/login/${interaction.uid}`;
    const link = nationalId && `${action}/national-id`;
    response.type('html').send(personaPicker(texts, action, await personas(), link));
  });
  if (nationalId !== undefined) realm.use(nationalId);
  realm.post(
    '/login/:uid',
    express.urlencoded({ extended: false, limit: '4kb' }),
    async (request, response) => {
      const chosen = (request.body as Readonly<Record<string, unknown>> | undefined)?.persona;
      const user = accounts.personNamed(typeof chosen === 'string' ? chosen : '');
      if (user === undefined) {
        throw new SandboxError('GSB-REQ-001', { detail: 'persona: there is no such persona in this realm.' });
      }
      await finish(request, response, user);
    },
  );

  async function finish(request: Request, response: Response, user: RealmUser): Promise<void> {
    const login = { accountId: accounts.subjectOf(user), remember: false };
    await provider
      .interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
      .catch(interactionLost);
  }

  function personWanted(params: Readonly<Record<string, unknown>>): RealmUser | undefined {
    const { login_hint: hint } = params;
    return typeof hint === 'string' ? accounts.personNamed(hint) : undefined;
  }

  const userinfo: RequestHandler = async (request, response) => {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    try {
      const { subject: sub, name, username, roles, person } = await verifier.verify(token);
      response.json({ sub, name, preferred_username: username, realm_access: { roles }, person });
    } catch (error) {
      if (!(error instanceof SandboxError) || error.code !== 'GSB-AUT-001') throw error;
      response
        .status(401)
        .set('WWW-Authenticate', 'Bearer error="invalid_token"')
        .json({ error: 'invalid_token' });
    }
  };
  realm.route('/protocol/openid-connect/userinfo').get(userinfo).post(userinfo);

  realm.post(LOGOUT, ...backEndLogout(provider, accounts));
  realm.use(provider.callback());
  realm.use(failedPage);
  router.use(realmPath, realm);
  return router;
}

/**
 * The provider builds its addresses from the request. Whatever name the request came by (a back-channel call to
 * 127.0.0.1, a proxy), they must be those of PUBLIC_URL.
 */
function speakAsPublicUrl(publicUrl: string): RequestHandler {
  const { host, protocol } = new URL(publicUrl);
  return (request, _response, next) => {
    request.headers['x-forwarded-host'] = host;
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    next();
  };
}

const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': pagePolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
};

/** A person in the middle of a sign-in gets a page and a way back, not a problem document. */
const failedPage: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent || request.accepts(['json', 'html']) !== 'html') {
    next(error);
    return;
  }
  const { 'accept-language': language } = request.headers;
  if (isStoreUnavailable(error)) {
    response.status(503).set('Retry-After', String(STORE_RETRY_AFTER_SECONDS));
    response.type('html').send(waitingPage(language));
    return;
  }
  if (!(error instanceof SandboxError)) {
    next(error);
    return;
  }
  const texts = pageTexts(language);
  const body = `<p>${escape(error.detail)}</p><p><a href="/">${escape(texts.startAgain)}</a></p>`;
  response
    .status(error.status)
    .type('html')
    .send(page(texts, texts.failed, body));
};

/** `ui_locales` of the sign-in request goes before what the browser prefers. */
export function languageOf(params: Readonly<Record<string, unknown>>, request: Request): string | undefined {
  return typeof params.ui_locales === 'string' ? params.ui_locales : request.headers['accept-language'];
}

function interactionLost(cause: unknown): never {
  if (isStoreUnavailable(cause)) throw cause;
  throw new SandboxError('GSB-AUT-001', {
    detail: 'This sign-in is too old, or was begun in another browser. Start again from the first page.',
    cause,
  });
}
