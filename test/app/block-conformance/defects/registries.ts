import type { Json } from '../../../../contracts/json.js';
import {
  accepts,
  answers,
  bodies,
  bodyOf,
  changed,
  forgets,
  instead,
  json,
  on,
  oneTenantForAll,
  refusal,
  remembers,
  requests,
  withoutHeader,
  withoutQuery,
  type Defect,
} from './defect.js';

const of = (name: string, seenBy: string, twist: Defect['twist'], dialect?: 'older'): Defect => ({
  block: 'digital-registries',
  name,
  seenBy,
  twist,
  ...(dialect === undefined ? {} : { dialect }),
});

const LIST = 'GET /data/registryname/111';

export const registryDefects: readonly Defect[] = [
  of(
    'an unknown record reads as an empty one',
    'scenario/record-life',
    accepts('POST /data/*/read', { content: {} }),
  ),
  of(
    'a creation answers 201',
    'create/answer',
    answers('POST /data/*/create', (answer) => ({ ...answer, status: 201 })),
  ),
  of(
    'a creation is forgotten',
    'scenario/record-life',
    forgets('POST /data/*/create', json(200, { content: {} })),
  ),
  of(
    'a creation answers nothing',
    'scenario/record-life',
    answers('POST /data/*/create', (answer) => (answer.status === 200 ? json(200, {}) : answer)),
  ),
  of('a list ignores its filters', 'scenario/record-life', withoutQuery(LIST, 'query.*')),
  of('a list has one page for ever', 'scenario/paging', withoutQuery(LIST, 'page')),
  of('a list ignores the size of pages', 'scenario/paging', withoutQuery(LIST, 'pageSize')),
  of(
    'a list counts only its page',
    'scenario/paging',
    answers(LIST, (answer) => ({
      ...answer,
      body: { ...bodyOf(answer), count: (bodyOf(answer).results as Json[]).length },
    })),
  ),
  of(
    'a list loses the last record',
    'scenario/paging',
    answers(LIST, (answer) => ({
      ...answer,
      body: { ...bodyOf(answer), results: (bodyOf(answer).results as Json[]).slice(0, -1) },
    })),
  ),
  of('a list cannot be turned round', 'scenario/paging', withoutQuery(LIST, 'ordering')),
  of('a search looks into every field', 'scenario/search', withoutQuery(LIST, 'filter')),
  of('a search finds everything', 'scenario/search', withoutQuery(LIST, 'search')),
  of('a count is a text', 'list/answer', bodies(LIST, 'count', String)),
  of(
    'a list lacks its count',
    'list/answer',
    bodies(LIST, 'count', () => undefined),
  ),
  of(
    'an update replaces instead of merging',
    'scenario/record-life',
    instead('PUT /data/*/update', async (right, request) => {
      const { query, write } = bodyOf(request) as {
        query?: { content: { ID?: string } };
        write?: { content: object };
      };
      const ID = query?.content.ID;
      if (ID === undefined || write === undefined) return right(request);
      const base = request.path.replace(/\/update$/, '');
      await right({ method: 'DELETE', path: `${base}/${ID}/delete`, query: {}, headers: request.headers });
      const body = { write: { content: { ID, ...write.content } } } as unknown as Json;
      await right({ method: 'POST', path: `${base}/create`, query: {}, headers: request.headers, body });
      return json(200, { updated: 1 });
    }),
  ),
  of(
    'an update changes nothing',
    'scenario/record-life',
    forgets('PUT /data/*/update', json(200, { updated: 1 })),
  ),
  of(
    'an update creates what is missing',
    'scenario/update-nothing',
    instead('PUT /data/*/update', async (right, request) => {
      const { query, write } = bodyOf(request) as {
        query?: { content?: object };
        write?: { content?: object };
      };
      const body = { query, write: { content: { ...query?.content, ...write?.content } } } as unknown as Json;
      await right({
        ...request,
        method: 'POST',
        path: request.path.replace(/update$/, 'updateOrCreate'),
        body,
      });
      return json(200, { updated: 1 });
    }),
  ),
  of(
    'updateEntries changes one record only',
    'scenario/bulk-update',
    requests('PUT /data/*/updateEntries', (request) => ({
      ...request,
      path: request.path.replace(/updateEntries$/, 'update'),
    })),
  ),
  of('a deletion keeps the record', 'scenario/record-life', forgets('DELETE /data/*/delete', json(204))),
  of(
    'a second deletion is refused',
    'scenario/record-life',
    instead('DELETE /data/*/delete', async (right, request) => {
      const base = request.path.replace(/\/[^/]+\/delete$/, '');
      const content = { ID: decodeURIComponent(request.path.split('/').at(-2) ?? '') };
      const found = await right({
        ...request,
        method: 'POST',
        path: `${base}/exists`,
        body: { query: { content } },
      });
      return JSON.stringify(found.body).includes('true') ? right(request) : refusal(404);
    }),
  ),
  of(
    'everything exists',
    'scenario/record-life',
    bodies('POST /data/*/exists', 'status', () => true),
  ),
  of('reads are stale', 'scenario/record-life', remembers('POST /data/*/read')),
  of('one tenant sees the records of another', 'scenario/tenants', oneTenantForAll),
  of(
    'an answer calls itself HTML',
    'read/answer',
    answers('POST /data/*/read', (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-type': 'text/html' },
    })),
  ),
  of(
    'readings leave no trace',
    'scenario/data-usage',
    answers('GET /data/mypersonalDataUsage', (answer) => (answer.status === 200 ? json(200, []) : answer)),
  ),
  of(
    'a trace does not name the reader',
    'scenario/data-usage',
    answers('GET /data/mypersonalDataUsage', (answer) => ({
      ...answer,
      body:
        [
          'readerId',
          'readerInitials',
          'readerInstitutionId',
          'readerInstitutionName',
          'readerApplicationName',
        ].reduce<Json | undefined>((body, name) => changed(body, name, () => 'X'), answer.body) ?? null,
    })),
  ),
  of('header names must be spelled in one way', 'list/header-names', {
    handle: (right) => (workspace, request) =>
      request.headers['Information-Mediator-Client'] === undefined
        ? Promise.resolve(json(400, {}))
        : right(workspace, request),
  }),
  of('a body that is no JSON is a failure of the block', 'create/malformed', {
    handle: (right) => async (workspace, request) =>
      typeof request.body === 'string' ? json(500, {}) : right(workspace, request),
  }),
  of('what is required may be missing', 'create/missing', accepts('POST /data/*/create', { content: {} })),
  of(
    'values of any kind are taken',
    'updateOrCreate/type',
    accepts('POST /data/*/updateOrCreate', { content: {} }),
  ),
  of('any method will do', 'read/method', {
    handle: (right) => async (workspace, request) => {
      const answer = await right(workspace, request);
      return answer.status === 405 ? json(200, {}) : answer;
    },
  }),
  of('an unknown path answers 200', 'unknown-path', {
    handle: (right) => async (workspace, request) =>
      on('GET /no-such*')(request) ? json(200, {}) : right(workspace, request),
  }),
  of(
    'the Idempotency-Key is ignored',
    'scenario/idempotency-key',
    withoutHeader('POST /data/*/create', 'idempotency-key'),
  ),
  of('the list of databases is stale', 'scenario/databases', remembers('GET /databases')),
  of(
    'a deletion of a database says so in an object',
    'deleteDatabase/answer',
    answers('DELETE /database/*', () => json(200, { result: 'Success' })),
  ),
  of(
    'creating the same once more is refused',
    'scenario/repeated-create',
    instead('POST /data/*/create', async (right, request) => {
      const content = (bodyOf(request).write as { content?: Json } | undefined)?.content ?? {};
      const path = request.path.replace(/create$/, 'exists');
      const there = await right({ ...request, path, body: { query: { content } } });
      return JSON.stringify(there.body).includes('"status":true') ? refusal(409) : right(request);
    }),
  ),
  of(
    'an entry comes back without its uuid',
    'createEntries/answer',
    bodies('POST /data/*/createEntries', 'uuid', () => undefined),
  ),
  of(
    'a field is read of the wrong record',
    'scenario/record-life',
    answers('GET /data/*/readValue/*', (answer) => (answer.status === 200 ? json(200, 'Winter') : answer)),
  ),
  of(
    'the older path updates nothing',
    'scenario/update-or-create',
    forgets('POST /data/*/update-or-create', json(200, { content: {} })),
    'older',
  ),
];
