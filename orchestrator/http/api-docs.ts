import { readFileSync } from 'node:fs';
import { Router, type RequestHandler } from 'express';
import swaggerUi from 'swagger-ui-express';
import { parse } from 'yaml';
import type { JsonObject } from '../../contracts/json.js';
import { SWAGGER_UI_POLICY } from '../../contracts/page-policy.js';

const DOCUMENT = new URL('./openapi.yaml', import.meta.url);

/** The API's own OpenAPI 3.1 document. */
export function readApiDocument(): JsonObject {
  return parse(readFileSync(DOCUMENT, 'utf8'), { merge: true }) as JsonObject;
}

const options = {
  swaggerUrl: '../openapi.json',
  customSiteTitle: 'GovStack sandbox API (training, not real)',
  swaggerOptions: {
    // Unless told not to, Swagger UI sends the document's address to a checker on the internet.
    validatorUrl: null,
    tryItOutEnabled: true,
    requestInterceptor: withFormToken,
  },
};

/**
 * Swagger UI at `/docs` and the document at `/openapi.json`, below the place where the router is mounted. Offline.
 * Whoever is signed in at the console may try each operation with that session.
 */
export function apiDocs(document: JsonObject): Router {
  const router = Router();
  const guarded: RequestHandler = (_request, response, next) => {
    response.set('content-security-policy', SWAGGER_UI_POLICY);
    next();
  };
  // Each workspace has its own tree, and its own copy of the document.
  router.get('/openapi.json', (request, response) => {
    const servers = [{ url: `${request.baseUrl}/v1`, description: 'This workspace' }];
    response.json({ ...document, servers });
  });
  router.use('/docs', guarded);
  router.get('/docs', (request, response, next) => {
    // The page's relative links need the slash.
    if (request.path.endsWith('/')) next();
    else response.redirect(308, `${request.baseUrl}/docs/`);
  });
  router.get('/docs/', (_request, response) => {
    response.type('html').send(swaggerUi.generateHTML(undefined, options));
  });
  router.use('/docs', swaggerUi.serveFiles(undefined, options));
  return router;
}

interface Outgoing {
  readonly url: string;
  readonly method?: string;
  readonly headers: Record<string, string>;
}

/** Runs in the browser, from its own text: it must not use anything of this file. Adds the session's form token to changes. */
async function withFormToken(request: Outgoing): Promise<Outgoing> {
  const changes = !['GET', 'HEAD'].includes((request.method ?? 'GET').toUpperCase());
  if (!changes || 'Authorization' in request.headers) return request;
  const answer = await fetch('/auth/me');
  const { csrfToken } = (await answer.json()) as { csrfToken: string | null };
  if (csrfToken !== null) request.headers['X-CSRF-Token'] = csrfToken;
  return request;
}
