import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { ConnectionLostError, type Block, type BlockRequest, type Method } from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import { SWAGGER_UI_POLICY } from '../../contracts/page-policy.js';
import { SandboxError, toProblemDocument } from '../../contracts/problems.js';
import { displayDocument } from './display-document.js';
import { parseQuery } from './query-string.js';
import { breakOff, sendResponse } from './send-response.js';
import { stages } from './rules.js';

/** A batch of 10,000 instructions with generous texts. */
const LARGEST_BODY = '25mb';

const PAGES = /^\/(openapi\.json|rules|docs)(\/|$)/i;

/**
 * Serves a block over HTTP below the place where the router is mounted, with `/openapi.json` and `/docs`.
 * Lenient about bodies, as real clients are careless: none at all, or text that is no JSON, reaches the block's own
 * validation instead of failing here. A connection that a fault drops is really dropped.
 */
export function blockRouter(block: Block, workspaceOf: (request: Request) => WorkspaceId): Router {
  const router = express.Router();
  const pages = blockPages(block);
  // Asked first, and by its name alone: most requests are for the block itself, and pass one layer instead of seven.
  router.use((request, response, next) => {
    if (PAGES.test(request.path)) pages(request, response, next);
    else next();
  });
  router.use(express.raw({ type: () => true, limit: LARGEST_BODY, inflate: true }));
  router.use(async (request: Request, response: Response) => {
    try {
      await sendResponse(response, await block.handle(workspaceOf(request), toBlockRequest(request)));
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
      if (error.partial === undefined) request.socket.destroy();
      else breakOff(response, error.partial);
    }
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const refusal = refusalOf(error);
    if (refusal === undefined) {
      next(error);
      return;
    }
    const { rule, problem } = refusal;
    response
      .status(problem.status)
      .set('x-sandbox-rule', rule)
      .type('application/problem+json')
      .send(JSON.stringify(toProblemDocument(problem)));
  });
  return router;
}

/** What the kit itself says about a block: its document, its rules, its Swagger UI. */
function blockPages(block: Block): Router {
  const router = express.Router();
  router.get('/openapi.json', (request, response) => {
    response.json(displayDocument(block.openapi, request.baseUrl || '/'));
  });
  router.get('/rules', (_request, response) => {
    response.json({ block: block.id, title: block.title, stages, rules: block.rules ?? [] });
  });
  router.use('/docs', (_request, response, next) => {
    response.set('content-security-policy', SWAGGER_UI_POLICY);
    next();
  });
  router.get('/docs', (request, response, next) => {
    // The page's relative links need the slash.
    if (request.path.endsWith('/')) next();
    else response.redirect(308, `${request.baseUrl}/docs/`);
  });
  router.get('/docs/', (_request, response) => {
    const options = { swaggerUrl: '../openapi.json', customSiteTitle: `${block.title} (training mock)` };
    response.type('html').send(swaggerUi.generateHTML(undefined, options));
  });
  router.use('/docs', swaggerUi.serveFiles(undefined, { swaggerUrl: '../openapi.json' }));
  return router;
}

function toBlockRequest(request: Request): BlockRequest {
  const mark = request.url.indexOf('?');
  const path = mark < 0 ? request.url : request.url.slice(0, mark);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const body = readBody(request.body, headers['content-type']);
  return {
    method: request.method as Method,
    path,
    query: mark < 0 ? {} : parseQuery(request.url.slice(mark + 1)),
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

/** Whatever is JSON is JSON, also without a content type; other media types stay text. */
function readBody(raw: unknown, contentType = 'application/json'): Json | undefined {
  // Parsed already by whoever mounted the router.
  if (!Buffer.isBuffer(raw)) return raw === undefined ? undefined : (raw as Json);
  const text = raw.toString('utf8');
  if (text.trim() === '') return undefined;
  if (/^(application\/x-www-form-urlencoded|multipart\/|text\/csv)/i.test(contentType)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** What body-parser says about a body that it cannot hand on; undefined for everything else. */
function refusalOf(error: unknown): { readonly rule: string; readonly problem: SandboxError } | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  if ('type' in error && error.type === 'entity.too.large') {
    const detail = `a body may hold up to ${LARGEST_BODY}`;
    return { rule: 'body-too-large', problem: new SandboxError('GSB-REQ-004', { detail }) };
  }
  if (typeof error.status !== 'number' || error.status < 400 || error.status > 499) return undefined;
  const detail = 'the body is not encoded as content-encoding and content-length say';
  return { rule: 'unreadable-body', problem: new SandboxError('GSB-REQ-001', { detail }) };
}
