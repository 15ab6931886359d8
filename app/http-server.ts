import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import express, { type Express, type Request, type Router } from 'express';
import type { Block, BlockId } from '../contracts/block.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Logger } from '../contracts/logger.js';
import { SandboxError } from '../contracts/problems.js';
import { mediatorRouter } from '../mocks/information-mediator/http/mediator-router.js';
import { MEMBER_KEY_HEADER } from '../mocks/information-mediator/http/read-request.js';
import type { MemberKeys } from '../mocks/information-mediator/member-key.js';
import type { Mediator } from '../mocks/information-mediator/relay.js';
import { blockRouter } from '../mocks/kit/http.js';
import { apiDocs } from '../orchestrator/http/api-docs.js';
import { createApi } from '../orchestrator/http/api.js';
import type { ApiPorts } from '../orchestrator/http/api-ports.js';
import { createProblemHandler, notFound } from '../orchestrator/http/problem-handler.js';
import type { IdentityParts } from './identity.js';
import { projectFile } from './project-file.js';
import type { RequestWorkspaces } from './workspace-tree.js';
import { relyingPartyRoutes } from './relying-party-routes.js';

export interface HttpDeps {
  readonly identity: IdentityParts;
  readonly ports: ApiPorts;
  readonly blocks: ReadonlyMap<BlockId, Block>;
  readonly mediator: Mediator;
  readonly memberKeys: MemberKeys;
  /** Calls of workers. */
  readonly internal: express.Router;
  readonly newId: () => string;
  readonly logger: Logger;
  /** Whose X-Forwarded-* headers are believed. */
  readonly trustProxy: readonly string[];
  readonly ready: () => boolean;
  /** True while neither runs nor blocks have anything in hand. */
  readonly quiet: (workspace?: WorkspaceId) => Promise<boolean>;
  readonly requestWorkspaces: RequestWorkspaces;
}

/** Everything on one port: console, API, sign-in, building blocks, mediator, health. */
export function createHttpApp(deps: HttpDeps): Express {
  const { guard } = deps.identity;
  const { workspaceOf, admit } = deps.requestWorkspaces;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...deps.trustProxy]);
  app.use((_request, response, next) => {
    response.set({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'SAMEORIGIN',
    });
    next();
  });
  app.get('/health', (_request, response) => void response.json({ status: 'up' }));
  app.get('/ready', async (_request, response) => {
    if (deps.ready()) response.json({ status: 'ready', quiet: await deps.quiet() });
    else response.status(503).json({ status: 'starting', quiet: false });
  });
  for (const router of deps.identity.routers) app.use(router);
  app.use(deps.internal);
  // One tree for all workspaces: the default one at the root, each of the others below its prefix.
  const tree = express.Router();
  app.use(deps.requestWorkspaces.prefix(tree));
  app.use(tree);
  tree.get('/ready', async (request, response) => {
    response.json({ status: 'ready', quiet: await deps.quiet(workspaceOf(request)) });
  });
  tree.use(deps.requestWorkspaces.callbacks);
  tree.use(deps.requestWorkspaces.waitAtGate);
  const authenticate: express.RequestHandler = async (request, _response, next) => {
    await authenticated(guard.authenticate, request);
    admit(guard.principalOf(request), request);
    next();
  };
  tree.use(
    '/api/v1',
    createApi({
      ports: deps.ports,
      authenticate,
      principalOf: (request) => guard.principalOf(request),
      workspaceOf,
      newId: deps.newId,
      logger: deps.logger,
    }),
  );
  const identityBlock = deps.blocks.get('identity');
  if (identityBlock !== undefined)
    tree.use('/blocks/identity', relyingPartyRoutes(blockRouter(identityBlock, workspaceOf)));
  for (const block of deps.blocks.values()) {
    tree.use(`/blocks/${block.id}`, authenticate, developersOnly(deps), blockRouter(block, workspaceOf));
  }
  const mediatorBlock = deps.blocks.get('information-mediator');
  if (mediatorBlock !== undefined) {
    tree.use(
      mediatorRouter({
        mediator: deps.mediator,
        block: mediatorBlock,
        workspaceOf,
        // A member proves itself by its key; a developer may try any member's part, by token and never by cookie.
        authenticateMember: async (request, client) => {
          const key = request.get(MEMBER_KEY_HEADER);
          if (key !== undefined) return deps.memberKeys.matches(workspaceOf(request), client, key);
          if (request.headers.authorization === undefined) return false;
          await authenticated(authenticate, request);
          return mayDevelop(guard.principalOf(request)?.roles);
        },
        uuid: randomUUID,
        logger: deps.logger,
      }),
    );
  }
  tree.use('/api', apiDocs());
  serveConsole(tree);
  app.use(notFound);
  app.use(createProblemHandler(deps.logger));
  return app;
}

/** Runs the guard outside the order of handlers. */
function authenticated(authenticate: express.RequestHandler, request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown): void => (error instanceof Error ? reject(error) : resolve());
    void Promise.resolve(authenticate(request, request.res as express.Response, next)).catch(reject);
  });
}

const developing: readonly string[] = ['developer', 'trainer', 'administrator'];

function mayDevelop(roles: readonly string[] | undefined): boolean {
  return roles?.some((role) => developing.includes(role)) ?? false;
}

/** Past the mediator nobody checks rights and consent, so the bare mocks are for developers; their documents for all. */
function developersOnly({ identity }: HttpDeps): express.RequestHandler {
  return (request, response, next) => {
    const open =
      request.path === '/openapi.json' ||
      request.path === '/rules' ||
      request.path === '/docs' ||
      request.path.startsWith('/docs/');
    const principal = identity.guard.principalOf(request);
    if (open || mayDevelop(principal?.roles)) {
      next();
      return;
    }
    if (principal === undefined) {
      response.set('WWW-Authenticate', 'Bearer realm="govstack-sandbox"');
      throw new SandboxError('GSB-AUT-001', {
        detail: 'Calling a mock past the mediator needs a developer.',
      });
    }
    throw new SandboxError('GSB-AUT-002', {
      detail: 'Calling a mock past the mediator needs one of developer, trainer, administrator.',
    });
  };
}

/** The console brings everything along: nothing from elsewhere, nothing inline. */
const CONSOLE_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "form-action 'self'",
].join('; ');

function serveConsole(app: Router): void {
  const folder = [projectFile('dist/console/'), projectFile('console/dist/')]
    .map((url) => fileURLToPath(url))
    .find((path) => existsSync(path));
  if (folder === undefined) return;
  app.use((_request, response, next) => {
    response.set('content-security-policy', CONSOLE_POLICY);
    next();
  });
  app.use(express.static(folder, { index: 'index.html', maxAge: '1h', immutable: false }));
  app.get(/^\/(?!api\/|blocks\/|r1\/|realms\/|auth\/).*/, (request, response, next) => {
    if (request.accepts('html') === false) {
      next();
      return;
    }
    response.sendFile('index.html', { root: folder });
  });
}

/** Listens, or says in one sentence why it cannot: GSB-CFG-002. */
export function listen(app: Express, port: number, host: string): Promise<Server> {
  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new SandboxError('GSB-CFG-002', {
              detail: `Something listens on port ${port} already.`,
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, host, () => resolve(server));
  });
}

export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
