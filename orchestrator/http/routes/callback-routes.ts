import type { Router } from 'express';
import { z } from 'zod';
import { blockIds } from '../../../contracts/block.js';
import { callbackStates, type CallbackView } from '../../../contracts/callbacks.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type Asking, type RouteDeps } from '../route.js';

const listQuery = z.object({
  block: z.enum(blockIds).optional(),
  state: z.enum(callbackStates).optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/**
 * What the blocks sent, and how it went. The addresses that blocks call back at are others: three parts below
 * `/callbacks`, see run-routes.ts.
 */
export function callbackRoutes(router: Router, deps: RouteDeps, { callbacks }: ApiPorts): void {
  addRoute(router, deps, 'GET /callbacks', async (request, response, { workspace }) => {
    response.json(await callbacks.list(workspace, parse(listQuery, request.query, 'The query')));
  });
  addRoute(router, deps, 'GET /callbacks/:id', async (request, response, asking) => {
    const callback = await callbacks.get(asking.workspace, String(request.params['id']));
    response.json({ callback: shown(callback, asking) });
  });
  addRoute(router, deps, 'POST /callbacks/:id/replay', async (request, response, asking) => {
    const callback = await callbacks.replay(asking.workspace, String(request.params['id']));
    response.status(202).json({ callback: shown(callback, asking) });
  });
  addRoute(router, deps, 'GET /callback-keys', async (_request, response, { workspace }) => {
    response.set('cache-control', 'no-store').json({ keys: await callbacks.keys(workspace) });
  });
  addRoute(router, deps, 'POST /callback-keys/rotate', async (_request, response, { workspace }) => {
    response.set('cache-control', 'no-store').json({ keys: await callbacks.rotateKeys(workspace) });
  });
}

const operating: readonly string[] = ['trainer', 'developer', 'administrator'];

/** Bodies hold personal data, as those of exchanges do: for those who operate the sandbox. */
function shown({ body, ...callback }: CallbackView, asking: Asking): CallbackView {
  const operates = signedIn(asking).roles.some((role) => operating.includes(role));
  return operates && body !== undefined ? { ...callback, body } : callback;
}
