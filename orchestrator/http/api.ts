import { Router, type RequestHandler } from 'express';
import type { Logger } from '../../contracts/logger.js';
import type { ApiPorts } from './api-ports.js';
import { refuseDeepBodies } from './body-depth.js';
import { jsonBodies } from './body-parsers.js';
import { createProblemHandler, notFound } from './problem-handler.js';
import type { RouteDeps } from './route.js';
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

export interface ApiOptions extends RouteDeps {
  readonly ports: ApiPorts;
  /** Finds out who asks; leaves the request alone when nobody says. */
  readonly authenticate: RequestHandler;
  readonly newId: () => string;
  readonly logger: Logger;
}

/** The API under `/api/v1`, for whichever workspace the request names. */
export function createApi(options: ApiOptions): Router {
  const { ports } = options;
  const router = Router({ mergeParams: true });
  router.use(options.authenticate);
  router.use(jsonBodies((request) => options.principalOf(request) !== undefined));
  router.use(refuseDeepBodies);
  useCaseRoutes(router, options, ports);
  caseRoutes(router, options, ports, options.newId);
  eventRoutes(router, options, ports);
  runRoutes(router, options, ports);
  runOperationRoutes(router, options, ports);
  taskRoutes(router, options, ports);
  workspaceRoutes(router, options, ports);
  workspacesRoutes(router, options, ports);
  auditRoutes(router, options, ports);
  bindingRoutes(router, options, ports);
  faultRoutes(router, options, ports);
  callbackRoutes(router, options, ports);
  requestJournalRoutes(router, options, ports);
  stateRoutes(router, options, ports.state);
  secretRoutes(router, options, ports);
  dataRoutes(router, options, ports);
  mediatorRoutes(router, options, ports);
  ownRoutes(router, options, ports);
  validationRoutes(router, options, ports);
  streamRoute(router, options, ports);
  router.use(notFound);
  router.use(createProblemHandler(options.logger));
  return router;
}
