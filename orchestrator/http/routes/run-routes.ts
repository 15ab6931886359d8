import type { Router } from 'express';
import { z } from 'zod';
import { runIdSchema } from '../../../contracts/ids.js';
import type { RunStatus } from '../../../contracts/run-event.js';
import type { Json } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, mayOperate, onlyCitizen, signedIn, type RouteDeps } from '../route.js';
import { searchQuery } from '../search-query.js';
import { signedText } from '../signed-text.js';
import { visibleCase, visibleRun } from '../visible.js';

const pageQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
});
const statuses = [
  'pending',
  'running',
  'waiting',
  'suspended',
  'cancelled',
  'faulted',
  'completed',
] as const satisfies readonly RunStatus[];
const listQuery = z.object({
  ...searchQuery,
  case: z.string().optional(),
  workflow: z.string().optional(),
  state: z.enum(statuses).optional(),
});

export function runRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  const runId = (value: unknown): z.infer<typeof runIdSchema> => parse(runIdSchema, value, 'The run id');

  addRoute(router, deps, 'GET /runs', async (request, response, asking) => {
    const principal = signedIn(asking);
    const { case: caseId, ...query } = parse(listQuery, request.query, 'The query');
    if (caseId !== undefined) await visibleCase(ports, asking.workspace, caseId, principal);
    const own = onlyCitizen(principal) ? { person: principal.person ?? 'nobody' } : {};
    response.json(await ports.runs.list(asking.workspace, { ...query, caseId, ...own }));
  });
  addRoute(router, deps, 'GET /runs/:id', async (request, response, asking) => {
    response.json({
      run: await visibleRun(ports, asking.workspace, runId(request.params['id']), signedIn(asking)),
    });
  });
  addRoute(router, deps, 'GET /runs/:id/workflow', async (request, response, asking) => {
    const run = await visibleRun(ports, asking.workspace, runId(request.params['id']), signedIn(asking));
    response.json(await ports.runs.workflow(run));
  });
  addRoute(router, deps, 'GET /runs/:id/events', async (request, response, asking) => {
    const principal = signedIn(asking);
    const run = await visibleRun(ports, asking.workspace, runId(request.params['id']), principal);
    const { after, limit } = parse(pageQuery, request.query, 'The query');
    const events = await ports.runs.events(asking.workspace, run.id, after, limit);
    // Payloads hold personal data: shown to those who operate the sandbox, on request.
    const withPayload = request.query['payload'] === 'true' && mayOperate(principal);
    response.json({ events: withPayload ? events : events.map(({ seq, event }) => ({ seq, event })) });
  });
  addRoute(router, deps, 'GET /runs/:id/cloudevents', async (request, response, asking) => {
    const run = await visibleRun(ports, asking.workspace, runId(request.params['id']), signedIn(asking));
    const events = await ports.runs.cloudEvents(asking.workspace, run.id);
    response.type('application/cloudevents-batch+json').send(JSON.stringify(events));
  });
  addRoute(router, deps, 'GET /runs/:id/exchanges', async (request, response, asking) => {
    const principal = signedIn(asking);
    const run = await visibleRun(ports, asking.workspace, runId(request.params['id']), principal);
    const exchanges = await ports.runs.exchanges(asking.workspace, run.id);
    // Bodies hold personal data: for those who operate the sandbox, and for the person whose case it is.
    const shown = mayOperate(principal) || onlyCitizen(principal);
    response.json({
      exchanges: shown ? exchanges : exchanges.map(({ seq, exchange }) => ({ seq, exchange })),
    });
  });
  addRoute(router, deps, 'POST /callbacks/:run/:token/:name', async (request, response, asking) => {
    const { token, name } = request.params;
    const run = runIdSchema.safeParse(request.params['run']);
    // Like any run that there is not: see the port.
    if (!run.success)
      throw new SandboxError('GSB-REQ-002', { detail: 'Nobody is called back at this address.' });
    await ports.runs.callback(
      asking.workspace,
      run.data,
      String(token),
      String(name),
      (request.body ?? null) as Json,
      signedText(request),
    );
    response.status(202).json({ status: 'accepted' });
  });
}
