import type { Router } from 'express';
import { z } from 'zod';
import type { CloudEvent } from '../../../contracts/run-event.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, mayOperate, onlyCitizen, signedIn, type RouteDeps } from '../route.js';
import { searchQuery } from '../search-query.js';
import { isHidden, visibleCase } from '../visible.js';

const listQuery = z.object({
  ...searchQuery,
  kind: z.string().optional(),
  state: z.string().optional(),
  text: z.string().optional(),
});
const exportQuery = z.object({ payloads: z.enum(['true', 'false']).optional() });
const newCase = z.strictObject({
  useCase: z.string(),
  kind: z.string(),
  input: z.json(),
  /** The same key opens the same case: for clients that may send twice. */
  key: z.string().min(1).max(200).optional(),
});
const newEvent = z.strictObject({
  type: z.string().regex(/^org\.govstack\.case\.[a-z0-9.-]+$/, 'org.govstack.case.<name>'),
  id: z.string().min(1).max(200).optional(),
  data: z.json().default({}),
});

export function caseRoutes(router: Router, deps: RouteDeps, ports: ApiPorts, newId: () => string): void {
  addRoute(router, deps, 'GET /cases', async (request, response, asking) => {
    const principal = signedIn(asking);
    const query = parse(listQuery, request.query, 'The query');
    const own = onlyCitizen(principal) ? { person: principal.person ?? 'nobody' } : {};
    response.json(await ports.cases.list(asking.workspace, { ...query, ...own }));
  });
  addRoute(router, deps, 'POST /cases', async (request, response, asking) => {
    const actor = signedIn(asking);
    const body = parse(newCase, request.body, 'The case');
    const opened = await ports.cases.open({
      workspace: asking.workspace,
      actor,
      ...body,
      input: body.input,
    });
    response
      .status(201)
      .location(`/api/v1/cases/${opened.case.id}`)
      .json({ case: opened.case, runId: opened.runId });
  });
  addRoute(router, deps, 'GET /cases/:id', async (request, response, asking) => {
    const found = await visibleCase(ports, asking.workspace, String(request.params['id']), signedIn(asking));
    const runs = await ports.runs.ofCase(asking.workspace, found.id);
    response.json({ case: found, runs });
  });
  addRoute(router, deps, 'GET /cases/:id/export', async (request, response, asking) => {
    const principal = signedIn(asking);
    const found = await visibleCase(ports, asking.workspace, String(request.params['id']), principal);
    const { payloads } = parse(exportQuery, request.query, 'The query');
    const file = await ports.caseFiles.write(asking.workspace, found, {
      payloads: payloads === 'true' && mayOperate(principal),
      maySee: (of) => !isHidden(of, principal),
      by: principal,
    });
    response.set('content-disposition', `attachment; filename="${found.number}.case.json"`).json(file);
  });
  addRoute(router, deps, 'POST /cases/:id/events', async (request, response, asking) => {
    const principal = signedIn(asking);
    const found = await visibleCase(ports, asking.workspace, String(request.params['id']), principal);
    const body = parse(newEvent, request.body, 'The event');
    if (found.closedAt !== undefined)
      throw new SandboxError('GSB-REQ-003', { detail: `Case ${found.number} is closed.` });
    const event: CloudEvent = {
      specversion: '1.0',
      id: body.id ?? newId(),
      source: `https://govstack-sandbox.invalid/people/${principal.subject}`,
      type: body.type,
      subject: found.id,
      data: body.data,
    };
    const reached = await ports.cases.publish(asking.workspace, found.id, event);
    response.status(202).json({ id: event.id, reached });
  });
}
