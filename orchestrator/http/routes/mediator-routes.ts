import type { Router } from 'express';
import { z } from 'zod';
import { SandboxError } from '../../../contracts/problems.js';
import { accessRightSchema } from '../../../contracts/use-case.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, onlyCitizen, signedIn, type Asking, type RouteDeps } from '../route.js';

const why = z.string().trim().min(1).max(500).optional();
const operations = z.array(z.string().min(1).max(200)).min(1).max(100).optional();
const change = z.strictObject({ operations, why });
const newRight = z.strictObject({
  client: z.string().max(200),
  service: z.string().max(300),
  operations,
  basis: accessRightSchema.shape.basis,
  why,
});
const list = z.preprocess((value) => (typeof value === 'string' ? [value] : value), operations);
const revocation = z.object({ operation: list, why });
const accessQuery = z.object({
  person: z.string().min(1).max(120).optional(),
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The information mediator: access rights at run time, the exported message log, and what was read about whom. */
export function mediatorRoutes(router: Router, deps: RouteDeps, { mediator }: ApiPorts): void {
  addRoute(router, deps, 'GET /access-rights', async (_request, response, { workspace }) => {
    response.json({ rights: await mediator.rights.list(workspace) });
  });
  addRoute(router, deps, 'POST /access-rights', async (request, response, asking) => {
    const { client, service, basis, ...rest } = parse(newRight, request.body, 'The access right');
    const asked = { ...rest, by: signedIn(asking) };
    const right = await mediator.rights.add(asking.workspace, { client, service, basis }, asked);
    response.status(201).json({ right });
  });
  addRoute(router, deps, 'POST /access-rights/restore', async (request, response, asking) => {
    const asked = parse(z.strictObject({ why }), request.body ?? {}, 'The reason');
    const restored = await mediator.rights.restore(asking.workspace, { ...asked, by: signedIn(asking) });
    response.json({ restored });
  });
  addRoute(router, deps, 'PUT /access-rights/:id', async (request, response, asking) => {
    const asked = { ...parse(change, request.body ?? {}, 'The grant'), by: signedIn(asking) };
    const right = await mediator.rights.grant(asking.workspace, String(request.params['id']), asked);
    response.json({ right });
  });
  addRoute(router, deps, 'DELETE /access-rights/:id', async (request, response, asking) => {
    const { operation, why: reason } = parse(revocation, request.query, 'The query');
    const asked = { operations: operation, why: reason, by: signedIn(asking) };
    const right = await mediator.rights.revoke(asking.workspace, String(request.params['id']), asked);
    response.json({ right });
  });
  addRoute(router, deps, 'GET /message-log/export', async (_request, response, { workspace }) => {
    response.json(await mediator.exportLog(workspace));
  });
  addRoute(router, deps, 'GET /me/accesses', async (request, response, asking) => {
    const { person, ...page } = parse(accessQuery, request.query, 'The query');
    response.json(await mediator.accesses(asking.workspace, whom(asking, person), page));
  });
  addRoute(router, deps, 'GET /me/consents', async (request, response, asking) => {
    const { person } = parse(accessQuery.pick({ person: true }), request.query, 'The query');
    response.json({ consents: await mediator.consents(asking.workspace, whom(asking, person)) });
  });
}

/** Citizens see their own; officers name somebody. */
function whom(asking: Asking, named: string | undefined): string {
  const principal = signedIn(asking);
  if (named !== undefined && named !== principal.person && onlyCitizen(principal))
    throw new SandboxError('GSB-AUT-002', { detail: 'A citizen sees who read their own data only.' });
  const person = named ?? principal.person;
  if (person !== undefined) return person;
  throw new SandboxError('GSB-REQ-001', {
    detail: 'person: name the person (?person=) whose data it is about: you are none of the persons here.',
    extensions: { errors: [{ pointer: '/person', message: 'is required' }] },
  });
}
