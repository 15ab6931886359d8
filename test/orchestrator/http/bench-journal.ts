import type { JournalEntry } from '../../../contracts/request-journal.js';
import type { RequestJournalPorts } from '../../../orchestrator/http/ports/request-journal-ports.js';

const journalEntry: JournalEntry = {
  entry: 42,
  at: '2026-01-05T09:00:00.000Z',
  time: '2026-01-05T09:00:00.000Z',
  block: 'payments',
  operationId: 'readBatch',
  method: 'GET',
  path: '/batches/B-1',
  query: {},
  status: 404,
  rule: 'no-such-batch',
  milliseconds: 2,
  answeredBy: 'mock',
  request: { headers: { accept: 'application/json' } },
  response: { headers: {}, body: { detail: 'there is none' } },
};

/** A journal with one entry, which notes what it is asked. */
export function createBenchJournal(note: (...parts: readonly unknown[]) => void): RequestJournalPorts {
  return {
    list: (_workspace, query) => {
      note('journal.list', query);
      return Promise.resolve({ entries: [journalEntry], next: 42 });
    },
    get: (_workspace, _block, entry, full) => {
      note('journal.get', entry, full);
      return Promise.resolve(entry === journalEntry.entry ? journalEntry : undefined);
    },
    follow: (_workspace, _block, after, listener) => {
      note('journal.follow', after ?? 'now');
      listener(journalEntry);
      return Promise.resolve({ close: () => note('journal.follow closed') });
    },
    clear: (_workspace, block) => {
      note('journal.clear', block);
      return Promise.resolve();
    },
    addresses: () => ({
      block: (id) => `http://sandbox.test/blocks/${id}`,
      mediator: 'http://sandbox.test/r1',
    }),
  };
}
