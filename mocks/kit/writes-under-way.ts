import type { Collection, Document } from '../../contracts/documents.js';

/**
 * Documents that are being written while the next request is planned already, so that a store can take several writes
 * at once. Whoever reads one of them waits until it is written or has failed, and then reads what the store holds:
 * nobody plans on what might not come.
 */
export interface WritesUnderWay {
  /** Begins a write once no other write of the document is under way. Rejects as `write` does. */
  begin(collection: string, id: string, write: () => Promise<unknown>): Promise<void>;
  /** Done when nothing is being written; never rejects. */
  settled(): Promise<void>;
  /** The collection as it is when what is being written has arrived. */
  awaitedIn<T extends Document>(name: string, collection: Collection<T>): Collection<T>;
}

export function createWritesUnderWay(): WritesUnderWay {
  const underWay = new Map<string, Promise<unknown>>();
  const keyOf = (collection: string, id: string): string => `${collection}\n${id}`;

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay.values());
  }

  async function begin(collection: string, id: string, write: () => Promise<unknown>): Promise<void> {
    const key = keyOf(collection, id);
    while (underWay.has(key)) await underWay.get(key);
    const written = write();
    const done: Promise<unknown> = written.then(
      () => underWay.delete(key),
      () => underWay.delete(key),
    );
    underWay.set(key, done);
    await written;
  }

  function awaitedIn<T extends Document>(name: string, collection: Collection<T>): Collection<T> {
    const after = async <R>(work: () => Promise<R>): Promise<R> => {
      if (underWay.size > 0) await settled();
      return work();
    };
    return {
      get: async (id) => {
        if (underWay.size > 0) await underWay.get(keyOf(name, id));
        return collection.get(id);
      },
      getMany: (ids) => after(() => collection.getMany(ids)),
      insert: (doc) => after(() => collection.insert(doc)),
      insertMany: (docs) => after(() => collection.insertMany(docs)),
      put: (doc) => after(() => collection.put(doc)),
      putMany: (docs) => after(() => collection.putMany(docs)),
      replace: (doc, expectedVersion) => after(() => collection.replace(doc, expectedVersion)),
      delete: (id) => after(() => collection.delete(id)),
      deleteByPrefix: (idPrefix) => after(() => collection.deleteByPrefix(idPrefix)),
      find: (options) => after(() => collection.find(options)),
      count: (options) => after(() => collection.count(options)),
    };
  }

  return { begin, settled, awaitedIn };
}
