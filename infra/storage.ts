import type { DocumentStore } from '../contracts/documents.js';
import type { Journal } from '../contracts/journal.js';
import type { Logger } from '../contracts/logger.js';
import type { JobQueues } from '../contracts/queue.js';

/**
 * Puts the adapters together. Each part switches by its own variable: REDIS_URL carries journal and queues,
 * MONGODB_URI the documents; what has no service is embedded. The parts of services are imported only when they are
 * used, so that the embedded profile starts fast and small.
 */
export interface Storage {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly queues: JobQueues;
  /** What carries each part, for people: shown at the start and by `doctor`. */
  readonly description: StorageDescription;
  /** Takes what was removed out of the files too; absent on services, which do that in their own time. */
  readonly forgetRemoved?: (() => Promise<void>) | undefined;
  /** Finishes the jobs in hand, then closes everything. Calling it again is harmless. */
  close(): Promise<void>;
}

export interface StorageDescription {
  readonly documents: string;
  readonly journal: string;
  readonly queues: string;
}

export interface StorageOptions {
  /** REDIS_URL */
  readonly redisUrl?: string | undefined;
  /** MONGODB_URI */
  readonly mongoUri?: string | undefined;
  /** Folder of the embedded database; absent for one in memory. Not touched when both services are used. */
  readonly dataDir?: string | undefined;
  /** See `buildTemplate`. */
  readonly templateFile?: string | undefined;
  /** See `openDatabase`. */
  readonly checkpointEveryMs?: number | undefined;
  /** Opens services also while a restore into them is not finished: for the restore itself. */
  readonly halfRestored?: boolean | undefined;
  /** Called when the connection of journal or queues to Redis was lost and is back. */
  readonly onReturn?: (() => void) | undefined;
  readonly logger: Logger;
}

type Closing = () => Promise<void>;

/**
 * Raises GSB-CFG-007 when a service is not reachable, GSB-CFG-008 when it holds half a restore, and GSB-CFG-003, -004 or -005 when the data folder cannot be used;
 * whatever was opened before is closed again.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const closings: Closing[] = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeAll(closings);
    return closing;
  };
  try {
    return { ...(await openParts(options, closings)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Everything in one folder, or in memory. */
export function openEmbeddedStorage(
  options: Pick<StorageOptions, 'dataDir' | 'templateFile' | 'logger'>,
): Promise<Storage> {
  const { dataDir, templateFile, logger } = options;
  return openStorage({ dataDir, templateFile, logger });
}

export interface ServiceStorageOptions {
  readonly redisUrl: string;
  readonly mongoUri: string;
  readonly logger: Logger;
}

/** Everything on services; no data folder is needed. */
export function openServiceStorage(options: ServiceStorageOptions): Promise<Storage> {
  return openStorage(options);
}

/** Closes in reverse order of opening: queues first, because their jobs use the rest. */
async function closeAll(closings: readonly Closing[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of [...closings].reverse()) {
    await close().catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw new AggregateError(errors, 'storage did not close cleanly');
}

async function openParts(options: StorageOptions, closings: Closing[]): Promise<Omit<Storage, 'close'>> {
  const { redisUrl, mongoUri } = options;
  const onMongo = mongoUri === undefined ? undefined : await openMongo(mongoUri, options, closings);
  const onRedis = redisUrl === undefined ? undefined : await openRedis(redisUrl, options, closings);
  if (onMongo && onRedis) {
    await refuseHalfRestored(options, onMongo.documents);
    return { ...onMongo, ...onRedis, description: describe(options) };
  }
  const embedded = await openEmbedded(options, closings);
  const documents = onMongo?.documents ?? embedded.documents();
  if (onMongo || onRedis) await refuseHalfRestored(options, documents);
  const { journal, queues } = onRedis ?? (await embedded.journalAndQueues());
  return {
    documents,
    journal,
    queues,
    description: describe(options),
    forgetRemoved: embedded.forgetRemoved,
  };
}

async function refuseHalfRestored({ halfRestored }: StorageOptions, documents: DocumentStore): Promise<void> {
  if (halfRestored === true) return;
  const { assertNotHalfRestored } = await import('./backup/restore-mark.js');
  await assertNotHalfRestored(documents);
}

function describe({ redisUrl, mongoUri, dataDir }: StorageOptions): StorageDescription {
  const embedded = dataDir === undefined ? 'embedded, in memory' : `embedded, in ${dataDir}`;
  const redis = redisUrl === undefined ? embedded : 'Redis';
  return { documents: mongoUri === undefined ? embedded : 'MongoDB', journal: redis, queues: redis };
}

async function openMongo(
  uri: string,
  { logger }: StorageOptions,
  closings: Closing[],
): Promise<Pick<Storage, 'documents'>> {
  const { createMongoDocuments } = await import('./documents/mongo/mongo-documents.js');
  const documents = await createMongoDocuments({ uri, logger });
  closings.push(() => documents.close());
  return { documents };
}

async function openRedis(
  url: string,
  { logger, onReturn }: StorageOptions,
  closings: Closing[],
): Promise<Pick<Storage, 'journal' | 'queues'>> {
  const { createRedisJournal } = await import('./journal/redis/redis-journal.js');
  const { createRedisQueues } = await import('./queue/redis/redis-queues.js');
  const journal = await createRedisJournal({ url, logger, onReturn });
  closings.push(() => journal.close());
  const queues = await createRedisQueues({ url, logger, onReturn });
  closings.push(() => queues.close());
  return { journal, queues };
}

interface EmbeddedParts {
  readonly forgetRemoved: (() => Promise<void>) | undefined;
  documents(): DocumentStore;
  journalAndQueues(): Promise<Pick<Storage, 'journal' | 'queues'>>;
}

async function openEmbedded(
  { dataDir, templateFile, checkpointEveryMs, logger }: StorageOptions,
  closings: Closing[],
): Promise<EmbeddedParts> {
  const { openDatabase } = await import('./embedded/open-database.js');
  const database = await openDatabase({ dataDir, templateFile, checkpointEveryMs, logger });
  closings.push(() => database.close());
  const { createEmbeddedDocuments } = await import('./documents/embedded/embedded-documents.js');
  return {
    forgetRemoved: database.forgetRemoved,
    documents: () => createEmbeddedDocuments(database),
    journalAndQueues: async () => {
      const { createEmbeddedJournal } = await import('./journal/embedded/embedded-journal.js');
      const { createEmbeddedQueues } = await import('./queue/embedded/embedded-queues.js');
      const journal = createEmbeddedJournal({ database, logger });
      closings.push(() => journal.close());
      const queues = await createEmbeddedQueues({ database, logger });
      closings.push(() => queues.close());
      return { journal, queues };
    },
  };
}
