import type { Clock } from '../../contracts/clock.js';
import type { Collection, Document, Stored } from '../../contracts/documents.js';

/** How long another process may go on with what it read. In the process that changes a document it holds at once. */
const FRESH_FOR_MS = 1_000;
const MOST_HELD = 500;

export interface HeldCollection {
  forget(): void;
}

/**
 * A collection whose single documents are held in memory for a moment: for definitions that each request asks for and
 * that seldom change, such as registries.
 */
export function holdReads<T extends Document>(
  collection: Collection<T>,
  realClock: Clock,
): Collection<T> & HeldCollection {
  const held = new Map<string, { readonly found: Promise<Stored<T> | undefined>; readonly at: number }>();
  // Also once the write is done: what was read in the meantime may be what stood there before.
  const forgetting = async <R>(write: Promise<R>): Promise<R> => {
    held.clear();
    try {
      return await write;
    } finally {
      held.clear();
    }
  };
  return {
    ...collection,
    forget: () => held.clear(),
    get(id) {
      const now = realClock.now().getTime();
      const known = held.get(id);
      if (known !== undefined && now - known.at < FRESH_FOR_MS) return known.found;
      const found = collection.get(id);
      if (held.size >= MOST_HELD) held.clear();
      held.set(id, { found, at: now });
      found.catch(() => held.delete(id));
      return found;
    },
    insert: (doc) => forgetting(collection.insert(doc)),
    insertMany: (docs) => forgetting(collection.insertMany(docs)),
    put: (doc) => forgetting(collection.put(doc)),
    putMany: (docs) => forgetting(collection.putMany(docs)),
    replace: (doc, expectedVersion) => forgetting(collection.replace(doc, expectedVersion)),
    delete: (id) => forgetting(collection.delete(id)),
    deleteByPrefix: (idPrefix) => forgetting(collection.deleteByPrefix(idPrefix)),
  };
}
