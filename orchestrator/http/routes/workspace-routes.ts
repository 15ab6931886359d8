import type { Router } from 'express';
import { z } from 'zod';
import { SandboxError } from '../../../contracts/problems.js';
import { workspaceResetSchema, type WorkspaceReset } from '../../../contracts/workspace.js';
import type { ApiPorts, ClockView } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type Handler, type RouteDeps } from '../route.js';

const clockMove = z.union([
  z
    .strictObject({ by: z.string().regex(/^P/, 'an ISO 8601 duration such as P2M') })
    .transform(({ by }) => ({ kind: 'by' as const, duration: by })),
  z.strictObject({ to: z.iso.datetime() }).transform(({ to }) => ({ kind: 'to' as const, instant: to })),
  z
    .strictObject({ next: z.union([z.literal('timer'), z.literal(true)]) })
    .transform(() => ({ kind: 'next-timer' as const })),
  z.strictObject({ freeze: z.literal(true) }).transform(() => ({ kind: 'freeze' as const })),
  z.strictObject({ unfreeze: z.literal(true) }).transform(() => ({ kind: 'unfreeze' as const })),
]);

/** Steps are counted from 0; `to` is not played any more. */
const part = z
  .strictObject({ from: z.int().min(0).default(0), to: z.int().min(0).max(1000) })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not lie before from' });
const textsQuery = z.object({ language: z.string().max(35).optional() });
const logQuery = z.object({ from: z.coerce.number().int().min(1).optional() });

/** The workspace as a whole: its clock, its blocks, its messages, its log. */
export function workspaceRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  addRoute(router, deps, 'GET /clock', (...asked) => readClock(ports, ...asked));
  addRoute(router, deps, 'POST /clock', (...asked) => moveClock(ports, ...asked));
  addRoute(router, deps, 'POST /reset', async (request, response, asking) => {
    await ports.workspaces.reset(asking.workspace, signedIn(asking), resetIn(request.body));
    response.status(204).end();
  });
  addRoute(router, deps, 'GET /blocks', async (_request, response, { workspace }) => {
    response.json({ blocks: await ports.blocks.list(workspace) });
  });
  addRoute(router, deps, 'GET /messages', async (request, response, { workspace }) => {
    const recipient = typeof request.query['recipient'] === 'string' ? request.query['recipient'] : undefined;
    response.json({ messages: await ports.messages(workspace, recipient) });
  });
  addRoute(router, deps, 'GET /ledger', async (_request, response, { workspace }) => {
    response.json({ entries: await ports.ledger(workspace) });
  });
  addRoute(router, deps, 'GET /message-log', async (request, response, { workspace }) => {
    const { from } = parse(logQuery, request.query, 'The query');
    response.json(await ports.messageLog(workspace, from));
  });
}

/** What a reset asks for; nothing at all in most cases. */
export function resetIn(body: unknown): WorkspaceReset {
  return parse(workspaceResetSchema, body ?? {}, 'The reset');
}

export async function readClock(
  ports: Pick<ApiPorts, 'clock'>,
  ...[, response, { workspace }]: Parameters<Handler>
): Promise<void> {
  response.json(withOffset(await ports.clock.read(workspace)));
}

export async function moveClock(
  ports: Pick<ApiPorts, 'clock'>,
  ...[request, response, asking]: Parameters<Handler>
): Promise<void> {
  const move = parse(clockMove, request.body, 'The move of the clock');
  const { fired } = await ports.clock.change(asking.workspace, move, signedIn(asking));
  response.json({ ...withOffset(await ports.clock.read(asking.workspace)), fired });
}

export function useCaseRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  addRoute(router, deps, 'GET /use-cases', async (_request, response, { workspace }) => {
    const useCases = await ports.useCases(workspace);
    response.json({
      useCases: useCases.map(({ manifest, scenarios, workflows, reuse }) => ({
        ...manifest,
        scenarios,
        workflows,
        reuse,
      })),
    });
  });
  addRoute(router, deps, 'GET /use-cases/published', async (_request, response) => {
    response.json(await ports.publishedUseCases());
  });
  addRoute(router, deps, 'GET /use-cases/:id', async (request, response, { workspace }) => {
    const found = (await ports.useCases(workspace)).find(
      ({ manifest }) => manifest.id === request.params['id'],
    );
    if (found === undefined)
      throw new SandboxError('GSB-REQ-002', {
        detail: `There is no use case ${String(request.params['id'])}.`,
      });
    const { language } = parse(textsQuery, request.query, 'The query');
    response.json(language === undefined ? found : { ...found, locales: only(found.locales, language) });
  });
  addRoute(router, deps, 'GET /use-cases/:id/workflows/:name', async (request, response, asking) => {
    const { id, name } = request.params;
    response.json(await ports.workflowVersions(asking.workspace, String(id), String(name)));
  });
  addRoute(router, deps, 'GET /use-cases/:id/workflows/:name/document', async (request, response, asking) => {
    const { id, name } = request.params;
    response.json(await ports.workflowDocument(asking.workspace, String(id), String(name)));
  });
  addRoute(router, deps, 'POST /use-cases/:id/scenarios/:name/play', async (request, response, asking) => {
    const { id, name } = request.params;
    const { from, to } = parse(part, request.body, 'The part of the scenario');
    const cases = await ports.stage.play(asking.workspace, {
      useCase: String(id),
      scenario: String(name),
      from,
      to,
    });
    response.json({ cases });
  });
  addRoute(router, deps, 'GET /personas', async (_request, response, { workspace }) => {
    const personas = await ports.personas(workspace);
    response.json({
      personas: personas.map(({ id, username, name, title, story, roles }) => ({
        id,
        username,
        name,
        title,
        story,
        roles,
      })),
    });
  });
}

/** How far the workspace is ahead of the machine, also as an ISO 8601 duration that people can read. */
function withOffset(clock: ClockView): ClockView & { offset: string } {
  const { now, state, offsetMilliseconds, nextTimer } = clock;
  const seconds = Math.round(Math.abs(offsetMilliseconds) / 1000);
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor((seconds % 86_400) / 3_600),
    Math.floor((seconds % 3_600) / 60),
  ];
  const sign = offsetMilliseconds < 0 && seconds > 0 ? '-' : '';
  const offset = `${sign}P${days}DT${hours}H${minutes}M${seconds % 60}S`;
  return { now, state, offset, offsetMilliseconds, nextTimer };
}

/** The texts for a reader of one language: what it lacks is read in English. */
function only<T>(locales: Readonly<Record<string, T>>, language: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(locales).filter(([name]) => name === language || name === 'en'));
}
