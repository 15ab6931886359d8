import { Router } from 'express';
import type { BlockId } from '../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../contracts/ids.js';
import { SandboxError } from '../contracts/problems.js';
import type { RequestJournal } from '../contracts/request-journal.js';
import { copyForms, writeCopy, type CopyForm } from '../orchestrator/http/copy/copies.js';
import { copyOfEntry } from '../orchestrator/http/copy/copyable-request.js';

const AT_ONCE = 500;

/**
 * `/sandbox/journal` of a block that is served alone: nobody signs in there, so whoever reaches it is its developer and
 * sees personal fields. `?text=`, `?status=`, `?operation=`, `?rule=` and `?after=` search as in the API.
 */
export function mockJournal(requests: RequestJournal, block: BlockId, origin: string): Router {
  const router = Router();
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

  router.get('/sandbox/journal', async (request, response) => {
    const { operation, status, rule, since, after } = request.query;
    const query = { operation: text(operation), status: text(status), rule: text(rule), since: text(since) };
    const cursor = text(after);
    const { entries, next } = await requests.list(DEFAULT_WORKSPACE, {
      ...query,
      text: text(request.query['text']),
      ...(cursor === undefined ? {} : { after: Number(cursor) }),
      block,
      limit: AT_ONCE,
      full: true,
    });
    response.json({ entries, ...(next === undefined ? {} : { next }) });
  });
  router.get(['/sandbox/journal/:entry', '/sandbox/journal/:entry/copy'], async (request, response) => {
    const number = Number(request.params['entry']);
    const entry = Number.isInteger(number)
      ? await requests.get(DEFAULT_WORKSPACE, block, number, true)
      : undefined;
    if (entry === undefined)
      throw new SandboxError('GSB-REQ-002', {
        detail: `The journal has no entry ${String(request.params['entry'])}.`,
      });
    if (!request.path.endsWith('/copy')) {
      response.json({ entry });
      return;
    }
    const as: CopyForm = copyForms.find((form) => form === request.query['as']) ?? 'curl';
    response.type('text/plain').send(writeCopy(copyOfEntry(entry, origin), as));
  });
  router.delete('/sandbox/journal', async (_request, response) => {
    await requests.clear(DEFAULT_WORKSPACE);
    response.status(204).end();
  });
  return router;
}
