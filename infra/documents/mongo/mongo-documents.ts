import mongoose, { type Connection, type Model } from 'mongoose';
import type { Collection, Document, DocumentStore } from '../../../contracts/documents.js';
import type { Logger } from '../../../contracts/logger.js';
import { assertCollectionName, assertStorableId, isStorableText } from '../indexing.js';
import { answersMongo, connectMongo, reconnectMongo } from './connect.js';
import { prepareCollection } from './prepare.js';
import { createRevival } from './revival.js';
import { collectionNames, contentOf, fieldOf, modelOf, queryOf, type Row, toStored } from './row.js';
import { errorCode } from '../../error-facts.js';
import { guarded, guardPort, isMongoAway } from '../../store-guard.js';

export interface MongoDocumentsOptions {
  /** A MongoDB connection string; the database is the one it names. */
  readonly uri: string;
  readonly logger: Logger;
  /** For so long every operation must have failed before the driver begins anew, in milliseconds. */
  readonly silentMs?: number;
}

const DUPLICATE_KEY = 11000;
const BATCH = 500;

/**
 * Documents in MongoDB, or in a server that speaks its protocol: writes of single documents only, no transactions.
 * Raises GSB-CFG-007 when the server is not reachable.
 */
export async function createMongoDocuments({
  uri,
  logger,
  silentMs,
}: MongoDocumentsOptions): Promise<DocumentStore> {
  const connection = await connectMongo(uri);
  const { during, settled } = createRevival({
    answersOthers: () => answersMongo(uri),
    reconnect: () => reconnectMongo(connection, uri),
    now: () => performance.now(),
    logger,
    ...(silentMs === undefined ? {} : { silentMs }),
  });
  const prepared = new Map<string, Preparation>();
  return {
    collection<T extends Document>(name: string, indexes: readonly string[] = []): Collection<T> {
      assertCollectionName(name);
      const preparation = prepared.get(name) ?? createPreparation(connection, name);
      prepared.set(name, preparation);
      preparation.declare(indexes);
      const collection = createMongoCollection<T>(modelOf(connection, name), name, preparation);
      return guardPort('documents', isMongoAway, collection, during);
    },
    collections: () => guarded('documents', isMongoAway, () => during(() => collectionNames(connection))),
    close: async () => {
      await settled();
      await connection.destroy();
    },
  };
}

/** The declared paths of a collection, as all its users in this process share them. */
interface Preparation {
  declare(paths: readonly string[]): void;
  readonly ready: () => Promise<ReadonlySet<string>>;
}

function createPreparation(connection: Connection, name: string): Preparation {
  const declared = new Set<string>();
  let preparing: Promise<ReadonlySet<string>> | undefined;

  async function prepare(): Promise<ReadonlySet<string>> {
    return new Set(await prepareCollection(connection, name, [...declared]));
  }

  return {
    declare: (paths) => {
      const before = declared.size;
      for (const path of paths) declared.add(path);
      if (declared.size > before && preparing) preparing = preparing.then(prepare);
    },
    ready: () => {
      preparing ??= prepare().catch((error: unknown) => {
        preparing = undefined;
        throw error;
      });
      return preparing;
    },
  };
}

function isDuplicate(error: unknown): boolean {
  return errorCode(error) === DUPLICATE_KEY;
}

function createMongoCollection<T extends Document>(
  model: Model<Row>,
  name: string,
  { ready }: Preparation,
): Collection<T> {
  async function insert(doc: T): Promise<boolean> {
    assertStorableId(doc._id, name);
    try {
      await model.collection.insertOne({ _id: doc._id as never, v: 1, ...contentOf(doc, await ready()) });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async function put(doc: T): Promise<number> {
    assertStorableId(doc._id, name);
    const content = contentOf(doc, await ready());
    for (;;) {
      try {
        // The version alone, as it was before: what one write found is not changed by the next.
        const before = await model
          .findOneAndUpdate(
            { _id: doc._id },
            { $set: content, $inc: { v: 1 } },
            { upsert: true, returnDocument: 'before', projection: { v: 1 } },
          )
          .lean<Pick<Row, 'v'>>();
        return (before?.v ?? 0) + 1;
      } catch (error) {
        // Two upserts of a new id may collide; the second one then finds it.
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  async function inBatches<I>(
    items: readonly I[],
    work: (batch: readonly I[]) => Promise<number>,
  ): Promise<number> {
    let total = 0;
    for (let at = 0; at < items.length; at += BATCH) total += await work(items.slice(at, at + BATCH));
    return total;
  }

  async function insertBatch(docs: readonly T[]): Promise<number> {
    const paths = await ready();
    const rows = docs.map((doc) => ({ _id: doc._id as never, v: 1, ...contentOf(doc, paths) }));
    try {
      await model.collection.insertMany(rows, { ordered: false });
      return docs.length;
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
      // Those that were there already; the others are in. Not every server counts these itself.
      const refused = [error.writeErrors].flat();
      if (!refused.every(isDuplicate)) throw error;
      return docs.length - refused.length;
    }
  }

  async function putBatch(docs: readonly T[]): Promise<number> {
    const paths = await ready();
    const updates = docs.map((doc) => ({
      updateOne: {
        filter: { _id: doc._id },
        update: { $set: contentOf(doc, paths), $inc: { v: 1 } },
        upsert: true,
      },
    }));
    await model.bulkWrite(updates, { ordered: true });
    return docs.length;
  }

  return {
    get: async (id) => {
      if (!isStorableText(id)) return undefined;
      const row = await model.findById(id).lean<Row>();
      return row === null ? undefined : toStored<T>(row);
    },
    getMany: async (ids) => {
      const wanted = [...new Set(ids.filter(isStorableText))];
      if (wanted.length === 0) return [];
      const rows = new Map(
        (await model.find({ _id: { $in: wanted } }).lean<Row[]>()).map((row) => [row._id, row]),
      );
      return wanted.flatMap((id) => rows.get(id) ?? []).map((row) => toStored<T>(row));
    },
    insert,
    insertMany: async (docs) => {
      for (const doc of docs) assertStorableId(doc._id, name);
      return inBatches(
        [...new Map([...docs].reverse().map((doc) => [doc._id, doc])).values()].reverse(),
        insertBatch,
      );
    },
    put,
    putMany: async (docs) => {
      for (const doc of docs) assertStorableId(doc._id, name);
      await inBatches(docs, putBatch);
    },
    replace: async (doc, expectedVersion) => {
      assertStorableId(doc._id, name);
      const content = contentOf(doc, await ready());
      const { modifiedCount } = await model.updateOne(
        { _id: doc._id, v: expectedVersion },
        { $set: { ...content, v: expectedVersion + 1 } },
      );
      return modifiedCount === 1;
    },
    delete: async (id) => isStorableText(id) && (await model.deleteOne({ _id: id })).deletedCount === 1,
    deleteByPrefix: async (idPrefix) => {
      const query = queryOf(name, new Set(), { idPrefix });
      return query === undefined ? 0 : (await model.deleteMany(query)).deletedCount;
    },
    find: async (options = {}) => {
      const query = queryOf(name, await ready(), options);
      if (query === undefined || (options.limit !== undefined && options.limit < 1)) return [];
      const direction = options.order === 'descending' ? -1 : 1;
      const first = options.orderBy === undefined ? {} : { [`ix.${fieldOf(options.orderBy)}`]: direction };
      const found = model.find(query).sort({ ...first, _id: direction });
      if (options.limit !== undefined) found.limit(Math.trunc(options.limit));
      return (await found.lean<Row[]>()).map((row) => toStored<T>(row));
    },
    count: async (options = {}) => {
      const query = queryOf(name, await ready(), options);
      return query === undefined ? 0 : model.countDocuments(query);
    },
  };
}
