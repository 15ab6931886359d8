import express, { type Router } from 'express';
import { z } from 'zod';
import { SandboxError } from '../../../contracts/problems.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, type RouteDeps } from '../route.js';

const asJson = z.strictObject({ document: z.string() });
const YAML = ['text/yaml', 'application/yaml', 'application/x-yaml', 'text/x-yaml', 'text/plain'];

/** What is wrong with a workflow document, and the schema by which editors see it while it is written. */
export function validationRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  router.use('/validate', express.text({ type: YAML, limit: '5mb' }));
  addRoute(router, deps, 'POST /validate', async (request, response) => {
    response.json(await ports.validation.document(documentIn(request.body)));
  });
  addRoute(router, deps, 'GET /schema/workflow.json', async (_request, response) => {
    response.set('cache-control', 'public, max-age=300').json(await ports.validation.schema());
  });
}

function documentIn(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body === undefined || body === null)
    throw new SandboxError('GSB-REQ-001', {
      detail: 'There is no body: send the document as text/yaml, or as application/json {"document": "..."}.',
    });
  return parse(asJson, body, 'The document').document;
}
