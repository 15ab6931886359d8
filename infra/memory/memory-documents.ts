import type { Collection, Document, DocumentStore, FindOptions, Stored } from '../../contracts/documents.js';
import {
  assertCollectionName,
  assertStorableId,
  compareIds,
  conditionsOf,
  keyAt,
  orderOf,
} from '../documents/indexing.js';

/** A document store for unit tests. Bodies are kept as text, so that nobody shares objects with the store. */
export function createMemoryDocuments(): DocumentStore {
  const collections = new Map<string, MemoryTable>();
  return {
    collection<T extends Document>(name: string, indexes: readonly string[] = []): Collection<T> {
      assertCollectionName(name);
      const table = collections.get(name) ?? { name, rows: new Map(), indexes: new Set<string>() };
      collections.set(name, table);
      for (const index of indexes) table.indexes.add(index);
      return createMemoryCollection<T>(table);
    },
    collections: () => Promise.resolve([...collections.keys()].sort()),
    close: () => Promise.resolve(),
  };
}

interface Place {
  readonly key: string;
  readonly id: string;
}

interface MemoryTable {
  readonly name: string;
  readonly rows: Map<string, { readonly text: string; readonly version: number }>;
  readonly indexes: Set<string>;
}

function createMemoryCollection<T extends Document>(table: MemoryTable): Collection<T> {
  const { rows } = table;

  function stored(id: string): Stored<T> | undefined {
    const row = rows.get(id);
    return row && { doc: JSON.parse(row.text) as T, version: row.version };
  }

  function write(doc: T, version: number): void {
    assertStorableId(doc._id, table.name);
    rows.set(doc._id, { text: JSON.stringify(doc), version });
  }

  function insertOne(doc: T): boolean {
    if (rows.has(doc._id)) return false;
    write(doc, 1);
    return true;
  }

  function putOne(doc: T): number {
    const version = (rows.get(doc._id)?.version ?? 0) + 1;
    write(doc, version);
    return version;
  }

  function select(options: FindOptions): Stored<T>[] {
    const conditions = conditionsOf(options.filter, table.name, table.indexes);
    const { idPrefix = '', after, order = 'ascending', limit } = options;
    const sign = order === 'ascending' ? 1 : -1;
    const by = orderOf(options, table.name, table.indexes);
    const place = ({ doc }: Stored<T>): string => (by === undefined ? '' : keyAt(doc, by.path));
    const compare = (one: Place, other: Place): number =>
      compareIds(one.key, other.key) || compareIds(one.id, other.id);
    const placed = (stored: Stored<T>): Place => ({ key: place(stored), id: stored.doc._id });
    const within = (stored: Stored<T>): boolean =>
      by === undefined ||
      (compareIds(place(stored), by.from) >= 0 &&
        compareIds(place(stored), by.to) < 0 &&
        (by.behind === undefined || sign * compare(placed(stored), by.behind) > 0));
    const matches = [...rows.keys()]
      .filter((id) => id.startsWith(idPrefix) && (after === undefined || compareIds(id, after) > 0))
      .sort((a, b) => sign * compareIds(a, b))
      .flatMap((id) => stored(id) ?? [])
      .filter(({ doc }) => conditions.every(({ path, keys }) => keys.includes(keyAt(doc, path))))
      .filter(within)
      .sort((one, other) => (by === undefined ? 0 : sign * compare(placed(one), placed(other))));
    return limit === undefined ? matches : matches.slice(0, limit);
  }

  return {
    get: async (id) => Promise.resolve(stored(id)),
    getMany: async (ids) => Promise.resolve([...new Set(ids)].flatMap((id) => stored(id) ?? [])),
    insert: async (doc) => Promise.resolve(insertOne(doc)),
    insertMany: async (docs) => Promise.resolve(docs.filter(insertOne).length),
    put: async (doc) => Promise.resolve(putOne(doc)),
    putMany: async (docs) => {
      docs.forEach(putOne);
      return Promise.resolve();
    },
    replace: async (doc, expectedVersion) => {
      const fits = rows.get(doc._id)?.version === expectedVersion;
      if (fits) write(doc, expectedVersion + 1);
      return Promise.resolve(fits);
    },
    delete: async (id) => Promise.resolve(rows.delete(id)),
    deleteByPrefix: async (idPrefix) =>
      Promise.resolve([...rows.keys()].filter((id) => id.startsWith(idPrefix) && rows.delete(id)).length),
    find: async (options = {}) => Promise.resolve(select(options)),
    count: async (options = {}) => Promise.resolve(select(options).length),
  };
}
