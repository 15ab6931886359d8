import { Router, type Request } from 'express';
import type { AuditLog } from '../../contracts/audit.js';
import type { Correlation } from '../../contracts/correlation.js';
import type { Principal } from '../../contracts/identity.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Logger } from '../../contracts/logger.js';
import type { Metrics, MetricsPage } from '../../contracts/metrics.js';
import { audited } from '../../orchestrator/http/audit/audited.js';
import { unsafeRouteOf } from '../../orchestrator/http/audit/route-of.js';
import { correlate } from './correlate.js';
import type { Drain } from './drain.js';
import { metricsPage } from './metrics-page.js';
import { requestLog } from './request-log.js';

/** What watches over the front door. */
export interface Operations {
  readonly correlation: Correlation;
  readonly newCorrelation: () => string;
  readonly metrics: Metrics & MetricsPage;
  readonly metricsToken: string | undefined;
  readonly drain: Drain;
  readonly audit: AuditLog;
  readonly nameOf: (subject: string) => string;
}

interface Asking {
  readonly workspaceOf: (request: Request) => WorkspaceId;
  readonly principalOf: (request: Request) => Principal | undefined;
  readonly logger: Logger;
}

/** What every request passes first, whatever it is for. */
export function frontDoor(operations: Operations, asking: Asking): Router {
  const { correlation, newCorrelation, metrics, metricsToken, drain, nameOf } = operations;
  const router = Router();
  router.use(correlate(correlation, newCorrelation));
  router.use(requestLog({ ...asking, metrics, nameOf }));
  router.use(drain.handler);
  router.get('/metrics', metricsPage(metrics, metricsToken));
  return router;
}

/** Writes changes into the audit log: those of the API, and what developers ask of the mocks past the mediator. */
export function auditedChanges({ audit }: Operations, asking: Asking): Router {
  const router = Router();
  router.use(
    '/api/v1',
    audited({ ...asking, audit, routeOf: ({ method, path }) => unsafeRouteOf(method, path) }),
  );
  router.use(
    '/blocks/:block',
    audited({
      ...asking,
      audit,
      routeOf: ({ method, params }) =>
        ['GET', 'HEAD', 'OPTIONS'].includes(method) || asksAsPartOfSignIn(params['block'])
          ? undefined
          : { name: `${method} /blocks/:block/*`, on: { block: String(params['block']).slice(0, 60) } },
    }),
  );
  return router;
}

/** People who sign in with the national digital ID write there as well; who signed in is noted where it is known. */
function asksAsPartOfSignIn(block: unknown): boolean {
  return block === 'identity';
}
