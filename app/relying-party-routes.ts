import express, { type ErrorRequestHandler, type Router } from 'express';
import { isStoreUnavailable, STORE_RETRY_AFTER_SECONDS } from '../contracts/store-unavailable.js';
import { awayPage } from '../mocks/identity/pages.js';

/**
 * Where people's browsers and the services that they sign in to reach the identity building block: these paths prove
 * who calls by themselves (a registered address, a client's assertion, an access token of this block), so that the
 * sandbox's own sign-in is not asked for.
 */
const pages: readonly string[] = ['/authorize', '/authorize/sign-in', '/authorize/consent'];
const machines: readonly string[] = [
  '/oauth/token',
  '/oidc/userinfo',
  '/.well-known/openid-configuration',
  '/.well-known/jwks.json',
];

export function relyingPartyRoutes(block: Router): Router {
  const router = express.Router();
  const open = new Set([...pages, ...machines]);
  router.use((request, response, next) => {
    if (open.has(request.path)) block(request, response, next);
    else next();
  });
  router.use(waitingPage);
  return router;
}

/** A person whose sign-in meets a store that is away gets a page, not a problem document. */
const waitingPage: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const isPage = pages.includes(request.path) && request.accepts(['json', 'html']) === 'html';
  if (!isPage || !isStoreUnavailable(error)) {
    next(error);
    return;
  }
  const { status, headers, body } = awayPage(request.headers['accept-language']);
  response
    .status(status)
    .set({ ...headers, 'retry-after': String(STORE_RETRY_AFTER_SECONDS) })
    .send(body);
};
