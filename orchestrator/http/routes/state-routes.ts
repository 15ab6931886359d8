import type { Request, Router } from 'express';
import { z } from 'zod';
import { blockIds, type BlockId } from '../../../contracts/block.js';
import type { StateDocument, StateExport } from '../../../contracts/block-state.js';
import type { StatePorts } from '../ports/state-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type RouteDeps } from '../route.js';

const DEFAULT_LIMIT = 50;
const MOST_DOCUMENTS = 100_000;

const collectionName = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'letters, digits, hyphens and underscores');
const documentId = z.string().min(1).max(500);
const listQuery = z.object({
  after: documentId.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(DEFAULT_LIMIT),
  text: z.string().min(1).max(200).optional(),
});
const content = z.record(z.string(), z.json());
const document = content.refine(({ _id }) => documentId.safeParse(_id).success, {
  message: 'needs an _id of 1 to 500 characters',
});
const newState = z.strictObject({
  collections: z.record(collectionName, z.array(document).max(MOST_DOCUMENTS)),
  replace: z.boolean().default(false),
});

const etagOf = (version: number): string => `"${version}"`;

/** If-Match (RFC 9110 section 13.1.1): one strong tag, as a read answered it; `*` and its absence ask for none. */
function versionIn(request: Request): { readonly version?: number } {
  const given = request.get('if-match');
  if (given === undefined || given === '*') return {};
  const tag = z.string().regex(/^"[1-9][0-9]{0,8}"$/, 'must be the ETag that reading it answered');
  return { version: Number(parse(tag, given, 'If-Match').slice(1, -1)) };
}

/** What a building block keeps: to look into, to mend, to carry elsewhere. */
export function stateRoutes(router: Router, deps: RouteDeps, state: StatePorts): void {
  const blockOf = ({ params }: Request): BlockId =>
    parse(z.enum(blockIds), params['id'], 'The building block');
  const collectionOf = ({ params }: Request): string =>
    parse(collectionName, params['collection'], 'The collection');
  const docOf = ({ params }: Request): string => parse(documentId, params['doc'], 'The document');

  addRoute(router, deps, 'GET /blocks/:id/state', async (request, response, { workspace }) => {
    response.json({ collections: await state.collections(workspace, blockOf(request)) });
  });
  addRoute(router, deps, 'GET /blocks/:id/state/export', async (request, response, { workspace }) => {
    const block = blockOf(request);
    response.json({ block, collections: await state.export(workspace, block) });
  });
  addRoute(router, deps, 'POST /blocks/:id/state/import', async (request, response, asking) => {
    // An export can be sent back as it came.
    const { block: _block, ...body } = parse(content, request.body, 'The state');
    const { collections, replace } = parse(newState, body, 'The state');
    const given = { collections: collections as unknown as StateExport, replace };
    const documents = await state.import(asking.workspace, blockOf(request), given, signedIn(asking));
    response.json({ documents });
  });
  addRoute(router, deps, 'POST /blocks/:id/state/reset', async (request, response, asking) => {
    await state.reset(asking.workspace, blockOf(request), signedIn(asking));
    response.status(204).end();
  });
  addRoute(router, deps, 'GET /blocks/:id/state/:collection', async (request, response, { workspace }) => {
    const query = parse(listQuery, request.query, 'The query');
    response.json(await state.list(workspace, blockOf(request), collectionOf(request), query));
  });
  addRoute(
    router,
    deps,
    'GET /blocks/:id/state/:collection/:doc',
    async (request, response, { workspace }) => {
      const { doc, version } = await state.get(
        workspace,
        blockOf(request),
        collectionOf(request),
        docOf(request),
      );
      response.set('etag', etagOf(version)).json(doc);
    },
  );
  addRoute(router, deps, 'PUT /blocks/:id/state/:collection/:doc', async (request, response, asking) => {
    const { _id: _given, ...given } = parse(content, request.body, 'The document');
    const document = { ...given, _id: docOf(request) } as StateDocument;
    const version = await state.put(
      asking.workspace,
      blockOf(request),
      collectionOf(request),
      { document, ...versionIn(request) },
      signedIn(asking),
    );
    response.status(204).set('etag', etagOf(version)).end();
  });
  addRoute(router, deps, 'DELETE /blocks/:id/state/:collection/:doc', async (request, response, asking) => {
    await state.remove(
      asking.workspace,
      blockOf(request),
      collectionOf(request),
      { id: docOf(request), ...versionIn(request) },
      signedIn(asking),
    );
    response.status(204).end();
  });
}
