import type { Collection, Document, DocumentStore, Stored } from '../../../contracts/documents.js';
import { combine } from '../../combine.js';
import type { EmbeddedDatabase } from '../../embedded/database.js';
import { guardPort, isDatabaseAway } from '../../store-guard.js';
import { assertCollectionName, assertStorableId } from '../indexing.js';
import { createRecentRows, type RecentRows } from './recent-rows.js';
import {
  deleteRows,
  getRows,
  insertRows,
  putRows,
  type Replacement,
  replaceRows,
  type StoredRow,
  whereOf,
  type Write,
} from './statements.js';
import { columnOf, ensureTable, type Table } from './table.js';

/** Rows per statement of the many-document calls; bounds the memory of one statement. */
const BATCH = 1000;

/** Documents in the embedded database. Closing the store leaves the database to whoever opened it. */
export function createEmbeddedDocuments(database: EmbeddedDatabase): DocumentStore {
  const handles = new Map<string, TableHandle>();
  return {
    collection<T extends Document>(name: string, indexes: readonly string[] = []): Collection<T> {
      assertCollectionName(name);
      const handle = handles.get(name) ?? createTableHandle(database, name);
      handles.set(name, handle);
      handle.declare(indexes);
      return guardPort('documents', isDatabaseAway, createCollection<T>(database, name, handle));
    },
    collections: async () => {
      const { rows } = await database.query<{ name: string }>(
        'SELECT name FROM sandbox.collection ORDER BY name',
      );
      return rows.map(({ name }) => name);
    },
    close: () => Promise.resolve(),
  };
}

/** The table of a collection as all its users in this process share it. */
interface TableHandle {
  declare(paths: readonly string[]): void;
  /** The table with every declared path in place. */
  readonly ready: () => Promise<Table>;
  readonly writer: Writer;
  readonly recent: RecentRows;
}

interface Writer {
  readonly get: (id: string) => Promise<StoredRow | undefined>;
  readonly put: (doc: Document) => Promise<number>;
  readonly insert: (doc: Document) => Promise<boolean>;
  readonly replace: (replacement: Replacement) => Promise<boolean>;
  readonly delete: (id: string) => Promise<boolean>;
}

function createTableHandle(database: EmbeddedDatabase, name: string): TableHandle {
  const declared = new Set<string>();
  let preparing: Promise<Table> | undefined;

  function ready(): Promise<Table> {
    preparing ??= ensureTable(database, name, [...declared]).catch((error: unknown) => {
      preparing = undefined;
      throw error;
    });
    return preparing;
  }

  return {
    declare: (paths) => {
      const before = declared.size;
      for (const path of paths) declared.add(path);
      if (declared.size === before || !preparing) return;
      preparing = preparing.then(() => ensureTable(database, name, [...declared]));
    },
    ready,
    writer: createWriter(database, ready),
    recent: createRecentRows(),
  };
}

function createWriter(database: EmbeddedDatabase, ready: () => Promise<Table>): Writer {
  return {
    get: combine(async (ids: readonly string[]) => {
      const rows = await getRows(database, await ready(), ids);
      return ids.map((id) => rows.get(id));
    }),
    put: combine(async (docs: readonly Document[]) => putInOrder(database, await ready(), docs)),
    insert: combine(async (docs: readonly Document[]) => {
      const added = new Set(await insertRows(database, await ready(), firstOfEachId(docs)));
      // `delete` answers true once: for the first of several inserts of one id.
      return docs.map(({ _id }) => added.delete(_id));
    }),
    delete: combine(async (ids: readonly string[]) => {
      const deleted = new Set(await deleteRows(database, await ready(), [...new Set(ids)]));
      // As above: only the first of several deletions of one id has found it.
      return ids.map((id) => deleted.delete(id));
    }),
    replace: combine((replacements: readonly Replacement[]) =>
      replaceInRounds(database, ready, replacements),
    ),
  };
}

function firstOfEachId<T extends Document>(docs: readonly T[]): readonly T[] {
  const first = new Map<string, T>();
  for (const doc of docs) if (!first.has(doc._id)) first.set(doc._id, doc);
  return [...first.values()];
}

/** Several puts of one id in a batch become one write of the last, which counts for all of them. */
function mergePuts(docs: readonly Document[]): readonly Write[] {
  const writes = new Map<string, Write>();
  for (const doc of docs) writes.set(doc._id, { doc, steps: (writes.get(doc._id)?.steps ?? 0) + 1 });
  return [...writes.values()];
}

async function putInOrder(
  database: EmbeddedDatabase,
  table: Table,
  docs: readonly Document[],
): Promise<readonly number[]> {
  const writes = mergePuts(docs);
  const versions = new Map(await putRows(database, table, writes));
  for (const { doc, steps } of writes) versions.set(doc._id, (versions.get(doc._id) ?? steps) - steps);
  return docs.map(({ _id }) => {
    const version = (versions.get(_id) ?? 0) + 1;
    versions.set(_id, version);
    return version;
  });
}

/** A document that is replaced several times in one batch is replaced in several rounds, in order. */
async function replaceInRounds(
  database: EmbeddedDatabase,
  ready: () => Promise<Table>,
  replacements: readonly Replacement[],
): Promise<readonly boolean[]> {
  const table = await ready();
  const outcomes = replacements.map(() => false);
  let left = replacements.map((replacement, at) => ({ replacement, at }));
  while (left.length > 0) {
    const ids = new Set<string>();
    const round = left.filter(({ replacement: { doc } }) => !ids.has(doc._id) && ids.add(doc._id));
    const replaced = await replaceRows(
      database,
      table,
      round.map(({ replacement }) => replacement),
    );
    for (const { replacement, at } of round) outcomes[at] = replaced.has(replacement.doc._id);
    const done = new Set(round);
    left = left.filter((one) => !done.has(one));
  }
  return outcomes;
}

function idsOf(docs: readonly Document[]): readonly string[] {
  return docs.map(({ _id }) => _id);
}

function toStored<T extends Document>({ body, version }: StoredRow): Stored<T> {
  return { doc: JSON.parse(body) as T, version };
}

function createCollection<T extends Document>(
  database: EmbeddedDatabase,
  name: string,
  handle: TableHandle,
): Collection<T> {
  const { writer, ready, recent } = handle;

  function* batches<I>(items: readonly I[]): Generator<readonly I[]> {
    for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH);
  }

  function checked(doc: T): T {
    assertStorableId(doc._id, name);
    return doc;
  }

  return {
    get: async (id) => {
      const row = await recent.read(id, writer.get);
      return row && toStored<T>(row);
    },
    getMany: async (ids) => {
      const wanted = [...new Set(ids)];
      const rows = await getRows(database, await ready(), wanted);
      return wanted.flatMap((id) => rows.get(id) ?? []).map((row) => toStored<T>(row));
    },
    insert: async (doc) => {
      checked(doc);
      return recent.changing([doc._id], () => writer.insert(doc));
    },
    insertMany: async (docs) => {
      let added = 0;
      for (const batch of batches(firstOfEachId(docs.map(checked)))) {
        const insert = async () => insertRows(database, await ready(), batch);
        added += (await recent.changing(idsOf(batch), insert)).size;
      }
      return added;
    },
    put: async (doc) => {
      checked(doc);
      return recent.changing([doc._id], () => writer.put(doc));
    },
    putMany: async (docs) => {
      for (const batch of batches(docs.map(checked))) {
        const put = async () => putRows(database, await ready(), mergePuts(batch));
        await recent.changing(idsOf(batch), put);
      }
    },
    replace: async (doc, expectedVersion) => {
      checked(doc);
      return recent.changing([doc._id], () => writer.replace({ doc, expectedVersion }));
    },
    delete: (id) => recent.changing([id], () => writer.delete(id)),
    deleteByPrefix: async (idPrefix) => {
      const table = await ready();
      const { sql, params } = whereOf(table, { idPrefix });
      const remove = () => database.query(`DELETE FROM ${table.sqlName} WHERE ${sql}`, params);
      return (await recent.changing(undefined, remove)).affected;
    },
    find: async (options = {}) => {
      const table = await ready();
      const { sql, params } = whereOf(table, options);
      const direction = options.order === 'descending' ? 'DESC' : 'ASC';
      const first = options.orderBy === undefined ? '' : `${columnOf(options.orderBy)} ${direction}, `;
      const limit = options.limit === undefined ? '' : `LIMIT ${Math.trunc(options.limit)}`;
      const { rows } = await database.query<StoredRow>(
        `SELECT id, version, body FROM ${table.sqlName} WHERE ${sql} ORDER BY ${first}id ${direction} ${limit}`,
        params,
      );
      return rows.map((row) => toStored<T>(row));
    },
    count: async (options = {}) => {
      const table = await ready();
      const { sql, params } = whereOf(table, options);
      const { rows } = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${table.sqlName} WHERE ${sql}`,
        params,
      );
      return rows[0]?.n ?? 0;
    },
  };
}
