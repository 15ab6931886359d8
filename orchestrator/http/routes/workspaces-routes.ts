import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Router } from 'express';
import { z } from 'zod';
import type { WorkspaceId } from '../../../contracts/ids.js';
import {
  joinCodeSchema,
  newWorkspaceSchema,
  snapshotNameSchema,
  workspaceChangeSchema,
} from '../../../contracts/workspace.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type Asking, type Handler, type RouteDeps } from '../route.js';
import type { RouteName } from '../permissions.js';
import { moveClock, readClock, resetIn } from './workspace-routes.js';

const joining = z.strictObject({ code: joinCodeSchema });
const newSnapshot = z.strictObject({ name: snapshotNameSchema });
const yes = z.enum(['true', 'false']).optional();

/** The workspaces themselves: made, joined, changed, stored, put back, removed. */
export function workspacesRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  const { workspaces } = ports;
  const nameIn = (value: unknown): string => parse(snapshotNameSchema, value, 'The name of the snapshot');

  /** A route about the workspace that its address names: whoever does not manage it learns nothing of it. */
  const addManaged = (
    name: RouteName,
    handler: (id: WorkspaceId, ...more: Parameters<Handler>) => Promise<void>,
  ): void => {
    addRoute(router, deps, name, async (request, response, asking) => {
      const { id } = await workspaces.managed(String(request.params['id']), signedIn(asking));
      await handler(id, request, response, { ...asking, workspace: id });
    });
  };
  const by = (asking: Asking): ReturnType<typeof signedIn> => signedIn(asking);

  addRoute(router, deps, 'GET /workspaces', async (_request, response, asking) => {
    response.json({ workspaces: await workspaces.list(by(asking)) });
  });
  addRoute(router, deps, 'GET /countries', async (_request, response, { workspace }) => {
    response.json(await workspaces.countries(workspace));
  });
  addRoute(router, deps, 'POST /workspaces', async (request, response, asking) => {
    const wanted = parse(newWorkspaceSchema, request.body, 'The workspace');
    response.status(201).json({ workspace: await workspaces.create(wanted, by(asking)) });
  });
  addRoute(router, deps, 'POST /workspaces/join', async (request, response) => {
    const { code } = parse(joining, request.body, 'The join code');
    response.json(await workspaces.join(code, request.ip ?? ''));
  });
  // A gzipped file comes as it is; what somebody unpacked comes as any other JSON.
  router.post('/workspaces/import', express.raw({ type: 'application/gzip', limit: '50mb' }));
  addRoute(router, deps, 'POST /workspaces/import', async (request, response, asking) => {
    response.status(201).json({ workspace: await workspaces.importFile(request.body, by(asking)) });
  });

  addManaged('GET /workspaces/:id', async (id, _request, response, asking) => {
    response.json({ workspace: await workspaces.managed(id, by(asking)) });
  });
  addManaged('PATCH /workspaces/:id', async (id, request, response) => {
    const change = parse(workspaceChangeSchema, request.body, 'The change');
    response.json({ workspace: await workspaces.change(id, change) });
  });
  addManaged('DELETE /workspaces/:id', async (id, _request, response, asking) => {
    await workspaces.remove(id, by(asking));
    response.status(204).end();
  });
  addManaged('POST /workspaces/:id/reset', async (id, request, response, asking) => {
    await workspaces.reset(id, by(asking), resetIn(request.body));
    response.status(204).end();
  });
  addManaged('GET /workspaces/:id/clock', (_id, ...asked) => readClock(ports, ...asked));
  addManaged('POST /workspaces/:id/clock', (_id, ...asked) => moveClock(ports, ...asked));
  addManaged('GET /workspaces/:id/snapshots', async (id, _request, response) => {
    response.json({ snapshots: await workspaces.snapshots(id) });
  });
  addManaged('POST /workspaces/:id/snapshots', async (id, request, response, asking) => {
    const { name } = parse(newSnapshot, request.body, 'The snapshot');
    response.status(201).json({ snapshot: await workspaces.takeSnapshot(id, name, by(asking)) });
  });
  addManaged('POST /workspaces/:id/snapshots/:name/restore', async (id, request, response, asking) => {
    await workspaces.restore(id, nameIn(request.params['name']), by(asking));
    response.status(204).end();
  });
  addManaged('DELETE /workspaces/:id/snapshots/:name', async (id, request, response) => {
    await workspaces.removeSnapshot(id, nameIn(request.params['name']));
    response.status(204).end();
  });
  addManaged('GET /workspaces/:id/export', async (id, request, response) => {
    const payloads = parse(yes, request.query['payloads'], 'payloads') === 'true';
    const pieces = await workspaces.exportFile(id, payloads);
    response.status(200).set({
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="workspace-${id.slice(0, 6)}.json.gz"`,
    });
    await pipeline(Readable.from(pieces), response);
  });
}
