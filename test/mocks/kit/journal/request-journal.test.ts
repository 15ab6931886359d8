import { describe, expect, it } from '@jest/globals';
import { ConnectionLostError, type BlockRequest } from '../../../../contracts/block.js';
import { workspaceIdSchema } from '../../../../contracts/ids.js';
import type { JournalEntry, JournalQuery, RequestJournal } from '../../../../contracts/request-journal.js';
import { createMemoryDocuments } from '../../../../infra/memory/memory-documents.js';
import { observed } from '../../../../mocks/kit/journal/observe.js';
import {
  createRequestJournal,
  type RequestJournalDeps,
} from '../../../../mocks/kit/journal/request-journal.js';
import { testDeps, WORKSPACE } from '../test-deps.js';

const OTHER = workspaceIdSchema.parse('other');
const everything: JournalQuery = { block: 'payments', limit: 500, full: true };

/** A journal that writes when it is asked to, and a block that answers as told. */
function open(
  options: Partial<RequestJournalDeps> = {},
  answer: { status: number; rule: string } | Error = ok,
) {
  const base = testDeps();
  const pending: (() => void)[] = [];
  const journal = createRequestJournal({
    ...base.deps,
    later: (run) => {
      pending.push(run);
      return () => undefined;
    },
    ...options,
  });
  const handle = observed({ ...base.deps, requests: journal }, 'payments', async () => {
    if (answer instanceof Error) throw answer;
    return { status: answer.status, headers: { 'x-sandbox-rule': answer.rule }, body: { code: '00' } };
  });
  const ask = (request: Partial<BlockRequest> = {}, workspace = WORKSPACE) =>
    handle(workspace, { method: 'POST', path: '/batches', query: {}, headers: {}, ...request });
  return { journal, ask, pending, ...base };
}

const ok = { status: 200, rule: 'accepted' };
const numbers = async (journal: RequestJournal, query: Partial<JournalQuery> = {}): Promise<number[]> =>
  (await journal.list(WORKSPACE, { ...everything, ...query })).entries.map(({ entry }) => entry);
const newest = async (journal: RequestJournal, full: boolean): Promise<JournalEntry> =>
  (await journal.list(WORKSPACE, { ...everything, full })).entries[0]!;

describe('the journal of requests', () => {
  it('holds what was asked, what was answered, and why', async () => {
    const { journal, ask, clock } = open();
    clock.forward(86_400_000);
    await ask({
      path: '/batches',
      query: { mode: 'slow' },
      headers: { 'x-road-client': 'A/B/C/D' },
      body: { RequestID: 'R-1' },
      origin: { runId: 'run-1', caseId: 'case-1', taskKey: '/do/1/pay' },
    });
    expect(await newest(journal, true)).toEqual({
      entry: 1,
      at: '2025-03-01T08:00:00.000Z',
      time: '2025-03-02T08:00:00.000Z',
      block: 'payments',
      method: 'POST',
      path: '/batches',
      query: { mode: 'slow' },
      status: 200,
      rule: 'accepted',
      milliseconds: 0,
      client: 'A/B/C/D',
      origin: { runId: 'run-1', caseId: 'case-1', taskKey: '/do/1/pay' },
      answeredBy: 'mock',
      request: { headers: { 'x-road-client': 'A/B/C/D' }, body: { RequestID: 'R-1' } },
      response: { headers: { 'x-sandbox-rule': 'accepted' }, body: { code: '00' } },
    });
  });

  it('writes in a batch a moment later, once for many requests', async () => {
    const { journal, ask, pending, deps } = open();
    for (let count = 0; count < 10; count += 1) await ask();
    expect(pending).toHaveLength(1);
    const pages = deps.documents.collection('request-journal');
    expect(await pages.count()).toBe(0);
    pending[0]!();
    await journal.flush();
    const [page] = await pages.find();
    expect(page).toMatchObject({ version: 1, doc: { entries: { length: 10 } } });
  });

  it('says that no answer came, and passes the loss on', async () => {
    const { journal, ask } = open({}, new ConnectionLostError('payments does not answer', true));
    await expect(ask()).rejects.toThrow('does not answer');
    expect(await newest(journal, true)).toMatchObject({ status: 0, lost: 'payments does not answer' });
  });

  it('keeps the newest of a workspace, also after a restart, and loses none between two workspaces', async () => {
    const documents = createMemoryDocuments();
    const first = open({ documents, keep: 100 });
    for (let count = 0; count < 150; count += 1) {
      await first.ask();
      if (count === 80) await first.journal.flush();
    }
    await first.ask({}, OTHER);
    await first.journal.close();
    expect(await numbers(first.journal)).toEqual(Array.from({ length: 100 }, (_one, index) => 150 - index));
    const second = open({ documents, keep: 100 });
    await second.ask();
    expect((await numbers(second.journal)).slice(0, 3)).toEqual([151, 150, 149]);
    expect(await numbers(second.journal)).toHaveLength(100);
    expect((await second.journal.list(OTHER, everything)).entries).toHaveLength(1);
    // Pages of 32: what is left is a page more than the bound, at most.
    expect(await documents.collection('request-journal').count({ idPrefix: `${WORKSPACE}/` })).toBeLessThan(
      6,
    );
  });

  it('does not grow while nothing can be written, and goes on afterwards', async () => {
    const documents = createMemoryDocuments();
    let broken = true;
    const store: RequestJournalDeps['documents'] = {
      ...documents,
      collection: (name, indexes) => {
        const real = documents.collection(name, indexes);
        return {
          ...real,
          put: (doc: never) => (broken ? Promise.reject(new Error('disk full')) : real.put(doc)),
        } as never;
      },
    };
    const { journal, ask } = open({ documents: store, keep: 50 });
    for (let count = 0; count < 40; count += 1) await ask();
    await journal.flush();
    for (let count = 0; count < 200; count += 1) await ask();
    broken = false;
    const seen = await numbers(journal);
    expect(seen).toHaveLength(50);
    expect(seen[0]! - seen.at(-1)!).toBe(49);
  });

  it('is searched and paged', async () => {
    const { journal, ask, realClock } = open();
    await ask({ path: '/batches/B-1', method: 'GET' });
    realClock.forward(1000);
    await ask({ body: { RequestID: 'Needle' } });
    await ask();
    expect(await numbers(journal, { text: 'needle' })).toEqual([2]);
    expect(await numbers(journal, { since: '2025-03-01T08:00:01.000Z' })).toEqual([3, 2]);
    expect(await numbers(journal, { status: '2xx' })).toEqual([3, 2, 1]);
    expect(await numbers(journal, { status: '404' })).toEqual([]);
    expect(await numbers(journal, { rule: 'accepted' })).toEqual([3, 2, 1]);
    expect(await numbers(journal, { rule: 'accept' })).toEqual([]);
    const first = await journal.list(WORKSPACE, { ...everything, limit: 2 });
    expect(first.next).toBe(2);
    expect(await journal.list(WORKSPACE, { ...everything, limit: 2, after: 2 })).toMatchObject({
      entries: [{ entry: 1 }],
    });
    expect(await journal.list(WORKSPACE, { ...everything, block: 'consent' })).toEqual({ entries: [] });
  });

  it('tells what is missed and then what comes, each once', async () => {
    const { journal, ask } = open();
    await ask();
    await ask();
    await ask();
    const heard: number[] = [];
    const following = await journal.follow(WORKSPACE, 'payments', 1, ({ entry }) => heard.push(entry));
    await ask();
    await journal.flush();
    following.close();
    await ask();
    await journal.flush();
    expect(heard).toEqual([2, 3, 4]);
    const later: number[] = [];
    await journal.follow(WORKSPACE, 'payments', undefined, ({ entry }) => later.push(entry));
    await ask();
    await journal.flush();
    expect(later).toEqual([6]);
  });

  it('forgets one block, or all', async () => {
    const { journal, ask } = open();
    await ask();
    journal.record(WORKSPACE, {
      block: 'consent',
      request: { method: 'GET', path: '/', query: {}, headers: {} },
      answeredBy: 'mock',
      faults: [],
      startedAt: new Date(0),
      milliseconds: 1,
    });
    await journal.clear(WORKSPACE, 'payments');
    expect(await numbers(journal)).toEqual([]);
    expect((await journal.list(WORKSPACE, { ...everything, block: 'consent' })).entries).toHaveLength(1);
    await journal.clear(WORKSPACE);
    expect((await journal.list(WORKSPACE, { ...everything, block: 'consent' })).entries).toEqual([]);
    await ask();
    expect(await numbers(journal)).toEqual([3]);
  });
});

describe('what the journal does not hold', () => {
  const token = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(30)}.signature`;
  const secrets = {
    authorization: 'Bearer opaque-token',
    cookie: 'sandbox_session=opaque-token',
    'x-sandbox-member-key': 'opaque-token',
    'x-custom': `see ${token}`,
  };

  it('is credentials, wherever they stand, also for developers and in the store', async () => {
    const { journal, ask, deps } = open();
    await ask({
      headers: secrets,
      query: { access_token: 'opaque-token', code: 'opaque-token' },
      body: { request: { client_secret: 'opaque-token', note: token }, code: '00' },
    });
    await ask({ body: `grant_type=x&client_secret=opaque-token&code=opaque-token` });
    await journal.flush();
    const stored = JSON.stringify(await deps.documents.collection('request-journal').find());
    expect(stored).not.toContain('opaque-token');
    expect(stored).not.toContain('signature');
    expect(stored).toContain('grant_type=x&client_secret=[redacted]');
    expect(stored).toContain('"code":"00"');
  });

  it('is people, unless a developer asks for everything', async () => {
    const { journal, ask } = open();
    const body = {
      query: { content: { ID: 'F-1', village: 'Kalu' } },
      phoneNumber: '+15550101',
      payeeIdentity: 'F1',
      name: 'Amina',
      note: 'call +1 555 010 1234 or amina@example.org',
      count: 3,
      status: 'open',
    };
    await ask({ path: '/individuals/15550101999', body });
    const masked = await newest(journal, false);
    expect(masked.path).toBe('/individuals/***');
    expect(masked.request.body).toEqual({
      query: { content: { ID: '***', village: '***' } },
      phoneNumber: '***',
      payeeIdentity: '***',
      name: '***',
      note: 'call *** or ***',
      count: 3,
      status: 'open',
    });
    const full = await newest(journal, true);
    expect([full.path, full.request.body]).toEqual(['/individuals/15550101999', body]);
    // Who sees masks cannot search behind them either.
    expect(await numbers(journal, { text: 'amina', full: false })).toEqual([]);
    expect(await numbers(journal, { text: 'amina', full: true })).toEqual([1]);
  });

  it('is the rest of a large body', async () => {
    const { journal, ask } = open({ largestBody: 200 });
    await ask({ body: { instructions: Array.from({ length: 50_000 }, (_one, index) => ({ index })) } });
    const { request } = await newest(journal, true);
    expect(request.cut).toBe(true);
    expect(JSON.stringify(request.body).length).toBeLessThan(600);
    expect(JSON.stringify(request.body)).toContain('…');
  });
});
