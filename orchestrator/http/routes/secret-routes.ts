import type { Router } from 'express';
import { z } from 'zod';
import { SandboxError } from '../../../contracts/problems.js';
import { secretNameSchema } from '../../../contracts/secrets.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, type RouteDeps } from '../route.js';

const newValue = z.strictObject({ value: z.json() });

/** The workspace's secrets: they are written here and never read. */
export function secretRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  const nameIn = (value: unknown): string => parse(secretNameSchema, value, 'The name of the secret');

  addRoute(router, deps, 'GET /secrets', async (_request, response, { workspace }) => {
    response.json({ secrets: await ports.secrets.list(workspace) });
  });
  addRoute(router, deps, 'PUT /secrets/:name', async (request, response, { workspace }) => {
    const name = nameIn(request.params['name']);
    const { value } = parse(newValue, request.body, 'The secret');
    await ports.secrets.set(workspace, name, value);
    response.status(204).end();
  });
  addRoute(router, deps, 'DELETE /secrets/:name', async (request, response, { workspace }) => {
    const name = nameIn(request.params['name']);
    if (!(await ports.secrets.remove(workspace, name)))
      throw new SandboxError('GSB-REQ-002', { detail: `There is no secret ${name}.` });
    response.status(204).end();
  });
}
