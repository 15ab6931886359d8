import type { Router } from 'express';
import { z } from 'zod';
import type { AuditPorts } from '../ports/audit-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type RouteDeps } from '../route.js';
import { searchQuery } from '../search-query.js';

const scope = z.enum(['workspace', 'installation']).default('workspace');
const listQuery = z.object({
  of: scope,
  subject: z.string().max(200).optional(),
  action: z.string().max(200).optional(),
  since: searchQuery.since,
  until: searchQuery.until,
  after: z.coerce.number().int().min(1).optional(),
  limit: searchQuery.limit,
});
const checkQuery = z.object({ of: scope });

export function auditRoutes(
  router: Router,
  deps: RouteDeps,
  { audit }: { readonly audit: AuditPorts },
): void {
  addRoute(router, deps, 'GET /audit', async (request, response, asking) => {
    const { of, ...query } = parse(listQuery, request.query, 'The query');
    const workspace = of === 'workspace' ? asking.workspace : undefined;
    response.json(await audit.list(workspace, query, signedIn(asking)));
  });
  addRoute(router, deps, 'GET /audit/check', async (request, response, asking) => {
    const { of } = parse(checkQuery, request.query, 'The query');
    response.json(await audit.check(of === 'workspace' ? asking.workspace : undefined, signedIn(asking)));
  });
}
