import type { Router } from 'express';
import { z } from 'zod';
import type { AuditPorts } from '../ports/audit-ports.js';
import { workspaceIdSchema, type WorkspaceId } from '../../../contracts/ids.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type Asking, type RouteDeps } from '../route.js';
import { searchQuery } from '../search-query.js';

/** `workspace` is the one of the address; another is named by its id, also when it is there no more. */
const scope = z
  .union([z.literal('workspace'), z.literal('installation'), workspaceIdSchema])
  .default('workspace');
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
    response.json(await audit.list(logOf(of, asking), query, signedIn(asking)));
  });
  addRoute(router, deps, 'GET /audit/check', async (request, response, asking) => {
    const { of } = parse(checkQuery, request.query, 'The query');
    response.json(await audit.check(logOf(of, asking), signedIn(asking)));
  });
}

function logOf(of: z.infer<typeof scope>, { workspace }: Asking): WorkspaceId | undefined {
  switch (of) {
    case 'installation':
      return undefined;
    case 'workspace':
      return workspace;
    default:
      return workspaceIdSchema.parse(of);
  }
}
