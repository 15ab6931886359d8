import { Router, type RequestHandler } from 'express';
import type { JsonObject } from '../../contracts/json.js';
import type { Logger } from '../../contracts/logger.js';
import type { ApiPorts } from './api-ports.js';
import { refuseDeepBodies } from './body-depth.js';
import { jsonBodies } from './body-parsers.js';
import { createProblemHandler, notFound } from './problem-handler.js';
import { createQueryCheck } from './query-names.js';
import type { RequestFacts, RouteDeps } from './route.js';
import { auditRoutes } from './routes/audit-routes.js';
import { bindingRoutes } from './routes/binding-routes.js';
import { callbackRoutes } from './routes/callback-routes.js';
import { caseRoutes } from './routes/case-routes.js';
import { dataRoutes } from './routes/data-routes.js';
import { eventRoutes } from './routes/event-routes.js';
import { faultRoutes } from './routes/fault-routes.js';
import { requestJournalRoutes } from './routes/request-journal-routes.js';
import { mediatorRoutes } from './routes/mediator-routes.js';
import { ownRoutes } from './routes/own-routes.js';
import { runOperationRoutes } from './routes/run-operation-routes.js';
import { runRoutes } from './routes/run-routes.js';
import { secretRoutes } from './routes/secret-routes.js';
import { stateRoutes } from './routes/state-routes.js';
import { streamRoute } from './routes/stream-route.js';
import { taskRoutes } from './routes/task-routes.js';
import { validationRoutes } from './routes/validation-routes.js';
import { workspacesRoutes } from './routes/workspaces-routes.js';
import { useCaseRoutes, workspaceRoutes } from './routes/workspace-routes.js';

export interface ApiOptions extends RequestFacts {
  /** The API's own OpenAPI document. */
  readonly document: JsonObject;
  readonly ports: ApiPorts;
  /** Finds out who asks; leaves the request alone when nobody says. */
  readonly authenticate: RequestHandler;
  readonly newId: () => string;
  readonly logger: Logger;
}

/** The API under `/api/v1`, for whichever workspace the request names. */
export function createApi(options: ApiOptions): Router {
  const { ports } = options;
  const deps: RouteDeps = { ...options, checkQuery: createQueryCheck(options.document) };
  const router = Router({ mergeParams: true });
  router.use(options.authenticate);
  router.use(jsonBodies((request) => options.principalOf(request) !== undefined));
  router.use(refuseDeepBodies);
  useCaseRoutes(router, deps, ports);
  caseRoutes(router, deps, ports, options.newId);
  eventRoutes(router, deps, ports);
  runRoutes(router, deps, ports);
  runOperationRoutes(router, deps, ports);
  taskRoutes(router, deps, ports);
  workspaceRoutes(router, deps, ports);
  workspacesRoutes(router, deps, ports);
  auditRoutes(router, deps, ports);
  bindingRoutes(router, deps, ports);
  faultRoutes(router, deps, ports);
  callbackRoutes(router, deps, ports);
  requestJournalRoutes(router, deps, ports);
  stateRoutes(router, deps, ports.state);
  secretRoutes(router, deps, ports);
  dataRoutes(router, deps, ports);
  mediatorRoutes(router, deps, ports);
  ownRoutes(router, deps, ports);
  validationRoutes(router, deps, ports);
  streamRoute(router, deps, ports);
  router.use(notFound);
  router.use(createProblemHandler(options.logger));
  return router;
}
