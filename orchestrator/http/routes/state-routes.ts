import type { Request, Router } from 'express';
import { z } from 'zod';
import { blockIds, type BlockId } from '../../../contracts/block.js';
import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import type { StatePlace } from '../ports/state-ports.js';
import { addRoute, signedIn, type RouteDeps } from '../route.js';

const pageQuery = z.object({
  after: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  text: z.string().min(1).max(200).optional(),
});
const anObject = z.custom<JsonObject>(isJsonObject, 'must be an object');
const dump = z.strictObject({
  block: z.string(),
  collections: z.record(z.string(), z.array(anObject)),
});
const entityTag = z
  .string()
  .regex(/^(W\/)?"\d{1,15}"$/, 'must be the ETag of the document, such as "3"')
  .transform((tag) => Number(tag.replace(/\D/g, '')));

/** The state of the mocks: browsed, edited document by document, exported, imported, seeded again. */
export function stateRoutes(router: Router, deps: RouteDeps, { state }: ApiPorts): void {
  addRoute(router, deps, 'GET /blocks/:id/state', async (request, response, { workspace }) => {
    const block = blockIn(request);
    response.json({ block, ...(await state.collections(workspace, block)) });
  });
  addRoute(router, deps, 'GET /blocks/:id/state/export', async (request, response, { workspace }) => {
    response.json(await state.export(workspace, blockIn(request)));
  });
  addRoute(router, deps, 'POST /blocks/:id/state/import', async (request, response, asking) => {
    const given = parse(dump, request.body, 'The exported state');
    const imported = await state.import(asking.workspace, blockIn(request), given, signedIn(asking));
    response.json({ imported });
  });
  addRoute(router, deps, 'POST /blocks/:id/state/reset', async (request, response, asking) => {
    await state.reset(asking.workspace, blockIn(request), signedIn(asking));
    response.status(204).end();
  });
  addRoute(router, deps, 'GET /blocks/:id/state/:collection', async (request, response, { workspace }) => {
    const query = parse(pageQuery, request.query, 'The query');
    const { collection } = request.params;
    response.json(await state.list(workspace, blockIn(request), String(collection), query));
  });
  addRoute(
    router,
    deps,
    'GET /blocks/:id/state/:collection/:doc',
    async (request, response, { workspace }) => {
      const found = await state.get(workspace, placeIn(request));
      response.set('etag', `"${found.version}"`).json(found);
    },
  );
  addRoute(router, deps, 'PUT /blocks/:id/state/:collection/:doc', async (request, response, asking) => {
    const document = parse(anObject, request.body, 'The document');
    const change = { document, version: versionIn(request), by: signedIn(asking) };
    const { created, ...written } = await state.put(asking.workspace, placeIn(request), change);
    response
      .status(created ? 201 : 200)
      .set('etag', `"${written.version}"`)
      .json(written);
  });
  addRoute(router, deps, 'DELETE /blocks/:id/state/:collection/:doc', async (request, response, asking) => {
    const change = { version: versionIn(request), by: signedIn(asking) };
    await state.remove(asking.workspace, placeIn(request), change);
    response.status(204).end();
  });
}

function blockIn(request: Request): BlockId {
  return parse(z.enum(blockIds), request.params['id'], 'The building block');
}

function placeIn(request: Request): StatePlace {
  const { collection, doc } = request.params;
  return { block: blockIn(request), collection: String(collection), id: String(doc) };
}

function versionIn(request: Request): number | undefined {
  return parse(entityTag.optional(), request.get('if-match'), 'If-Match');
}
