import type { Router } from 'express';
import { z } from 'zod';
import { blockIds, type BlockId } from '../../../contracts/block.js';
import { runIdSchema } from '../../../contracts/ids.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { JournalEntry, JournalSummary } from '../../../contracts/request-journal.js';
import type { ApiPorts } from '../api-ports.js';
import { copyForms, writeCopy } from '../copy/copies.js';
import { copyOfEntry, copyOfExchange } from '../copy/copyable-request.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type Asking, type RouteDeps } from '../route.js';
import { searchQuery } from '../search-query.js';

const HEARTBEAT_MS = 15_000;
const entryNumber = z.coerce.number({ error: 'must be the number of an entry' }).int().min(0);
const flag = z.enum(['true', 'false']).default('false');
const listQuery = z.object({
  operation: z.string().optional(),
  status: z
    .string()
    .regex(
      /^(0|[1-5]\d\d|[1-5]xx)$/i,
      'must be a status such as 404, a class such as 4xx, or 0 for no answer',
    )
    .optional(),
  rule: z.string().optional(),
  text: z.string().optional(),
  since: searchQuery.since,
  after: entryNumber.optional(),
  limit: searchQuery.limit,
  full: flag,
});
const copyQuery = z.object({
  as: z.enum(copyForms, { error: `must be one of ${copyForms.join(', ')}` }).default('curl'),
});

/** What reached the building blocks, and how to send it again. */
export function requestJournalRoutes(
  router: Router,
  deps: RouteDeps,
  { requestJournal, runs }: ApiPorts,
): void {
  const blockIn = (value: unknown): BlockId => parse(z.enum(blockIds), value, 'The building block');

  async function entryIn(
    { workspace }: Asking,
    params: { readonly id?: unknown; readonly entry?: unknown },
    full: boolean,
  ): Promise<JournalEntry> {
    const block = blockIn(params.id);
    const entry = parse(entryNumber, params.entry, 'The entry');
    const found = await requestJournal.get(workspace, block, entry, full);
    if (found === undefined)
      throw new SandboxError('GSB-REQ-002', {
        detail: `The journal of ${block} has no entry ${entry}, or has it no more.`,
      });
    return found;
  }

  addRoute(router, deps, 'GET /blocks/:id/journal', async (request, response, asking) => {
    const { full, ...query } = parse(listQuery, request.query, 'The query');
    const block = blockIn(request.params['id']);
    const { entries, next } = await requestJournal.list(asking.workspace, {
      ...query,
      block,
      full: full === 'true' && mayReadFull(asking),
    });
    response.json({ entries: entries.map(summaryOf), ...(next === undefined ? {} : { next }) });
  });
  addRoute(router, deps, 'DELETE /blocks/:id/journal', async (request, response, { workspace }) => {
    await requestJournal.clear(workspace, blockIn(request.params['id']));
    response.status(204).end();
  });
  addRoute(router, deps, 'GET /blocks/:id/journal/stream', async (request, response, { workspace }) => {
    const block = blockIn(request.params['id']);
    const cursor = request.get('last-event-id') ?? request.query['after'];
    const after = cursor === undefined ? undefined : parse(entryNumber, cursor, 'The cursor');
    response.status(200).set({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    response.write('retry: 2000\n\n');
    const gone = { is: false };
    response.once('close', () => {
      gone.is = true;
    });
    const following = await requestJournal.follow(workspace, block, after, (entry) => {
      response.write(`id: ${entry.entry}\ndata: ${JSON.stringify(summaryOf(entry))}\n\n`);
    });
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    const end = (): void => {
      clearInterval(heartbeat);
      following.close();
      response.end();
    };
    if (gone.is) end();
    else response.on('close', end);
  });
  addRoute(router, deps, 'GET /blocks/:id/journal/:entry', async (request, response, asking) => {
    const { full } = parse(z.object({ full: flag }), request.query, 'The query');
    response.json({ entry: await entryIn(asking, request.params, full === 'true' && mayReadFull(asking)) });
  });
  addRoute(router, deps, 'GET /blocks/:id/journal/:entry/copy', async (request, response, asking) => {
    const { as } = parse(copyQuery, request.query, 'The query');
    const entry = await entryIn(asking, request.params, true);
    const root = requestJournal.addresses(asking.workspace).block(entry.block);
    response.type('text/plain').send(writeCopy(copyOfEntry(entry, root), as));
  });
  addRoute(router, deps, 'GET /runs/:id/exchanges/:seq/copy', async (request, response, { workspace }) => {
    const { as } = parse(copyQuery, request.query, 'The query');
    const run = await runs.get(workspace, parse(runIdSchema, request.params['id'], 'The run id'));
    const seq = parse(entryNumber, request.params['seq'], 'The number of the exchange');
    const found = (await runs.exchanges(workspace, run.id)).find((one) => one.seq === seq);
    if (found === undefined)
      throw new SandboxError('GSB-REQ-002', { detail: `Run ${run.id} has no exchange ${seq}.` });
    const root = requestJournal.addresses(workspace).mediator;
    response.type('text/plain').send(writeCopy(copyOfExchange(found.exchange, found.payload, root), as));
  });
}

function summaryOf({ request: _request, response: _response, ...summary }: JournalEntry): JournalSummary {
  return summary;
}

/** Raises GSB-AUT-002 for whoever may not see personal fields, instead of showing less than was asked for. */
function mayReadFull(asking: Asking): true {
  const { roles } = signedIn(asking);
  if (roles.some((role) => role === 'developer' || role === 'administrator')) return true;
  throw new SandboxError('GSB-AUT-002', {
    detail: 'full=true shows personal fields: it needs one of the roles developer, administrator.',
  });
}
