import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { Journal, JournalEntry } from '../../contracts/journal.js';
import { BLOCK_QUEUE, queueNames, type JobQueues } from '../../contracts/queue.js';
import type { BackupItem } from './backup-file.js';

interface Stores {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly queues: JobQueues;
}

/** Everything of an installation, whatever carries it. At that time nobody may write. */
export async function* contentsOf({ documents, journal, queues }: Stores): AsyncGenerator<BackupItem> {
  for (const name of await documents.collections()) {
    const collection = documents.collection(name);
    for (let after: string | undefined; ;) {
      const page = await collection.find({ limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { doc } of page) if (!staysBehind(name, doc._id)) yield { k: 'doc', c: name, d: { ...doc } };
      after = page.at(-1)?.doc._id;
      if (page.length < PAGE) break;
    }
  }
  for (const stream of await journal.streams('')) {
    for (let after = 0; ; after += PAGE) {
      const page = await journal.read(stream, { after, limit: PAGE });
      for (const { event, payload } of page)
        yield { k: 'log', s: stream, e: event, ...(payload === undefined ? {} : { p: payload }) };
      if (page.length < PAGE) break;
    }
  }
  // Runs and their timers are taken up again from the journal; what blocks have still to do is known to the queue only.
  for (const { name, data } of await queues.queue(BLOCK_QUEUE).jobs({}))
    if (name === 'job') yield { k: 'job', q: BLOCK_QUEUE, n: name, d: { ...data } };
}

/** Writes everything into stores that are empty. */
export async function fillWith(
  { documents, journal, queues }: Stores,
  items: AsyncIterable<BackupItem>,
): Promise<void> {
  let docs: Document[] = [];
  let entries: JournalEntry[] = [];
  let into = '';
  const flush = async (): Promise<void> => {
    if (docs.length > 0) await documents.collection(into).putMany(docs);
    if (entries.length > 0) await journal.append(into, 'any', entries);
    [docs, entries] = [[], []];
  };
  for await (const item of items) {
    const target = item.k === 'doc' ? item.c : item.k === 'log' ? item.s : '';
    if (target !== into || docs.length + entries.length >= PAGE) await flush();
    into = target;
    switch (item.k) {
      case 'doc':
        docs.push(item.d);
        break;
      case 'log':
        entries.push({ event: item.e, ...(item.p === undefined ? {} : { payload: item.p }) });
        break;
      case 'job':
        await queues.queue(item.q).enqueue(item.n, item.d);
        break;
    }
  }
  await flush();
}

export async function isEmpty({ documents, journal }: Stores): Promise<boolean> {
  for (const name of await documents.collections())
    if (name !== INSTALLATION && (await documents.collection(name).find({ limit: 1 })).length > 0)
      return false;
  return (await journal.streams('')).length === 0;
}

export async function emptyAll({ documents, journal, queues }: Stores): Promise<void> {
  for (const name of await documents.collections())
    if (name !== INSTALLATION) await documents.collection(name).deleteByPrefix('');
  await journal.deleteByPrefix('');
  for (const name of queueNames) await queues.queue(name).clear();
}

const PAGE = 500;
/** Facts about the stores themselves: never part of what lies in them. */
export const INSTALLATION = 'installation';
/** The key that opens the workspaces' secrets is kept apart from them. */
export const KEY_COLLECTION = 'secrets';
export const KEY_DOCUMENT = 'workspace-secrets-key';

function staysBehind(collection: string, id: string): boolean {
  return collection === INSTALLATION || (collection === KEY_COLLECTION && id === KEY_DOCUMENT);
}
