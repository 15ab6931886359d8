import type { Router } from 'express';
import { z } from 'zod';
import { blockIds, type BlockId } from '../../../contracts/block.js';
import { faultRequestSchema } from '../../../contracts/faults.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, type RouteDeps } from '../route.js';

/** Faults of a building block: looked at, switched on, switched off. */
export function faultRoutes(router: Router, deps: RouteDeps, { faults }: ApiPorts): void {
  const blockOf = (value: unknown): BlockId => parse(z.enum(blockIds), value, 'The building block');

  addRoute(router, deps, 'GET /blocks/:id/faults', async (request, response, { workspace }) => {
    response.json({ faults: await faults.list(workspace, blockOf(request.params['id'])) });
  });
  addRoute(router, deps, 'POST /blocks/:id/faults', async (request, response, { workspace }) => {
    const block = blockOf(request.params['id']);
    const fault = parse(faultRequestSchema, request.body, 'The fault');
    response.status(201).json({ fault: await faults.add(workspace, block, fault) });
  });
  addRoute(router, deps, 'DELETE /blocks/:id/faults', async (request, response, { workspace }) => {
    await faults.clear(workspace, blockOf(request.params['id']));
    response.status(204).end();
  });
  addRoute(router, deps, 'DELETE /blocks/:id/faults/:fault', async (request, response, { workspace }) => {
    const { id, fault } = request.params;
    await faults.remove(workspace, blockOf(id), String(fault));
    response.status(204).end();
  });
}
