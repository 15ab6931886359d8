import { randomUUID } from 'node:crypto';
import express, { type Express, type Request } from 'express';
import type { Block, BlockId } from '../contracts/block.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Logger } from '../contracts/logger.js';
import { mediatorRouter } from '../mocks/information-mediator/http/mediator-router.js';
import { MEMBER_KEY_HEADER } from '../mocks/information-mediator/http/read-request.js';
import type { MemberKeys } from '../mocks/information-mediator/member-key.js';
import type { Mediator } from '../mocks/information-mediator/relay.js';
import { blockRouter } from '../mocks/kit/http.js';
import { apiDocs, readApiDocument } from '../orchestrator/http/api-docs.js';
import { createApi } from '../orchestrator/http/api.js';
import type { ApiPorts } from '../orchestrator/http/api-ports.js';
import { createProblemHandler, notFound } from '../orchestrator/http/problem-handler.js';
import type { IdentityParts } from './identity.js';
import { developersOnly, mayDevelop } from './front-door/developers-only.js';
import { knownHostsOnly } from './front-door/known-hosts.js';
import { refuseOddAddresses } from './front-door/odd-addresses.js';
import { createRateLimits, type Rates } from './front-door/rate-limits.js';
import { readyPage } from './front-door/ready-page.js';
import { securityHeaders } from './front-door/security-headers.js';
import { serveConsole } from './front-door/serve-console.js';
import { limitStreams } from './front-door/stream-places.js';
import { auditedChanges, frontDoor, type Operations } from './front-door/front-door.js';
import type { RequestWorkspaces } from './workspace-tree.js';
import type { StoresAway } from './readiness.js';
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
  readonly storesAway: StoresAway;
  /** True while neither runs nor blocks have anything in hand. */
  readonly quiet: (workspace?: WorkspaceId) => Promise<boolean>;
  readonly requestWorkspaces: RequestWorkspaces;
  /** Origin at which people reach the sandbox. */
  readonly publicUrl: string;
  /** None when absent. */
  readonly rates?: Rates | undefined;
  /** With the embedded provider: names of this machine that nobody else can own. */
  readonly knownHostsOnly: boolean;
  readonly operations: Operations;
}

/** Everything on one port: console, API, sign-in, building blocks, mediator, health. */
export function createHttpApp(deps: HttpDeps): Express {
  const { guard } = deps.identity;
  const { workspaceOf, admit } = deps.requestWorkspaces;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...deps.trustProxy]);
  app.use(securityHeaders(deps.publicUrl));
  const asking = { workspaceOf, principalOf: guard.principalOf, logger: deps.logger };
  app.use(frontDoor(deps.operations, asking));
  app.get('/health', (_request, response) => void response.json({ status: 'up' }));
  const { storesAway } = deps;
  const phase = (): 'starting' | undefined => (deps.ready() ? undefined : 'starting');
  app.get('/ready', readyPage({ phase, storesAway, quiet: () => deps.quiet() }));
  app.use(deps.internal);
  if (deps.knownHostsOnly) app.use(knownHostsOnly(deps.publicUrl));
  const personOf = (request: Request): string | undefined => guard.principalOf(request)?.subject;
  const limits = createRateLimits(deps.rates, personOf);
  app.use(limits.perAddress, limits.signIn, refuseOddAddresses);
  for (const router of deps.identity.routers) app.use(router);
  // One tree for all workspaces: the default one at the root, each of the others below its prefix.
  const tree = express.Router();
  app.use(deps.requestWorkspaces.prefix(tree));
  app.use(tree);
  tree.get('/ready', readyPage({ phase, storesAway, quiet: (request) => deps.quiet(workspaceOf(request)) }));
  tree.use(deps.requestWorkspaces.callbacks);
  tree.use(deps.requestWorkspaces.waitAtGate);
  tree.use(auditedChanges(deps.operations, asking));
  const authenticate: express.RequestHandler = async (request, _response, next) => {
    await authenticated(guard.authenticate, request);
    admit(guard.principalOf(request), request);
    next();
  };
  const document = readApiDocument();
  const known = express.Router().use(authenticate, limits.perPerson, limitStreams(personOf));
  tree.use(
    '/api/v1',
    createApi({
      document,
      ports: deps.ports,
      authenticate: known,
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
    tree.use(`/blocks/${block.id}`, known, developersOnly(guard), blockRouter(block, workspaceOf));
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
  tree.use('/api', apiDocs(document));
  const signedIn = async (request: Request): Promise<boolean> => {
    await authenticated(guard.authenticate, request);
    return guard.principalOf(request) !== undefined;
  };
  serveConsole(tree, { signedIn, logger: deps.logger });
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
