import type { Router } from 'express';
import { z } from 'zod';
import { runIdSchema } from '../../../contracts/ids.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type RouteDeps } from '../route.js';
import { visibleRun } from '../visible.js';

const newRun = z.strictObject({
  useCase: z.string(),
  workflow: z.string(),
  version: z.string().optional(),
  input: z.json(),
  /** The same key opens the same case: for clients that may send twice. */
  key: z.string().min(1).max(200).optional(),
});
const retry = z.strictObject({ from: z.string().min(1).optional() });
const rerun = z.strictObject({
  from: z
    .string()
    .regex(/^(\/.*)?$/, 'a task key or JSON pointer such as /do/3/send, or / for the whole workflow'),
  input: z.json().optional(),
  workflowVersion: z.string().optional(),
});

/** What those who operate the sandbox do to runs. */
export function runOperationRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  const runId = (value: unknown): z.infer<typeof runIdSchema> => parse(runIdSchema, value, 'The run id');

  addRoute(router, deps, 'POST /runs', async (request, response, asking) => {
    const actor = signedIn(asking);
    const body = parse(newRun, request.body, 'The run');
    const opened = await ports.runs.start({ workspace: asking.workspace, actor, ...body });
    response
      .status(201)
      .location(`/api/v1/runs/${opened.runId}`)
      .json({ case: opened.case, runId: opened.runId });
  });
  for (const kind of ['resume', 'cancel', 'suspend'] as const) {
    addRoute(router, deps, `POST /runs/:id/${kind}`, async (request, response, asking) => {
      const principal = signedIn(asking);
      const run = await visibleRun(ports, asking.workspace, runId(request.params['id']), principal);
      await ports.runs.signal(asking.workspace, run.id, kind, principal);
      response.status(202).json({ run: run.id, accepted: kind });
    });
  }
  addRoute(router, deps, 'POST /runs/:id/retry', async (request, response, asking) => {
    const principal = signedIn(asking);
    const run = await visibleRun(ports, asking.workspace, runId(request.params['id']), principal);
    const { from } = parse(retry, request.body ?? {}, 'The retry');
    await ports.runs.retry(asking.workspace, run.id, from, principal);
    response.status(202).json({ run: run.id, accepted: 'retry' });
  });
  addRoute(router, deps, 'POST /runs/:id/rerun', async (request, response, asking) => {
    const principal = signedIn(asking);
    const run = await visibleRun(ports, asking.workspace, runId(request.params['id']), principal);
    const body = parse(rerun, request.body, 'The repetition');
    const started = await ports.runs.rerun(asking.workspace, run.id, body);
    response.status(201).location(`/api/v1/runs/${started.id}`).json({ run: started });
  });
}
