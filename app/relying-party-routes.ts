import express, { type Router } from 'express';

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
  return router;
}
