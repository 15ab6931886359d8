import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import {
  ConnectionLostError,
  type Block,
  type BlockRequest,
  type BlockResponse,
  type Method,
} from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import { SandboxError, toProblemDocument } from '../../contracts/problems.js';
import { displayDocument } from './display-document.js';
import { parseQuery } from './query-string.js';

/** A batch of 10,000 instructions with generous texts. */
const LARGEST_BODY = '25mb';

/**
 * Serves a block over HTTP below the place where the router is mounted, with `/openapi.json` and `/docs`.
 * Lenient about bodies, as real clients are careless: none at all, or text that is no JSON, reaches the block's own
 * validation instead of failing here. A connection that a fault drops is really dropped.
 */
export function blockRouter(block: Block, workspaceOf: (request: Request) => WorkspaceId): Router {
  const router = express.Router();
  router.get('/openapi.json', (request, response) => {
    response.json(displayDocument(block.openapi, request.baseUrl || '/'));
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
  router.use(express.raw({ type: () => true, limit: LARGEST_BODY, inflate: true }));
  router.use(async (request: Request, response: Response) => {
    try {
      send(response, await block.handle(workspaceOf(request), toBlockRequest(request)));
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
      request.socket.destroy();
    }
  });
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const refused = asUnreadable(error);
    if (refused === undefined) {
      next(error);
      return;
    }
    response
      .status(refused.problem.status)
      .set('x-sandbox-rule', refused.rule)
      .type('application/problem+json')
      .send(JSON.stringify(toProblemDocument(refused.problem)));
  });
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

function send(response: Response, { status, headers, body }: BlockResponse): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) {
    response.end();
    return;
  }
  const isJson = /[/+]json/.test(headers['content-type'] ?? 'application/json');
  response.end(isJson || typeof body !== 'string' ? JSON.stringify(body) : body);
}

/** What the client did wrong before any operation was found: too much of a body, or one that nobody can unpack. */
function asUnreadable(error: unknown): { readonly rule: string; readonly problem: SandboxError } | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status >= 500) return undefined;
  if ('type' in error && error.type === 'entity.too.large') {
    const detail = `a body may hold up to ${LARGEST_BODY}`;
    return { rule: 'body-too-large', problem: new SandboxError('GSB-REQ-004', { detail }) };
  }
  const detail = `the request cannot be read: ${error.message}`;
  return { rule: 'unreadable-request', problem: new SandboxError('GSB-REQ-001', { detail }) };
}
