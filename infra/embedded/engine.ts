import { PGlite } from '@electric-sql/pglite';

/**
 * How PGlite is started. `shared_buffers=4MB` halves the memory of the process (160 MB instead of 290 MB);
 * the small `max_wal_size` keeps the folder small. BullMQ's statements use unqualified names of its own schema.
 */
const SETTINGS = [
  'shared_buffers=4MB',
  'max_wal_size=64MB',
  'min_wal_size=32MB',
  'search_path=bullmq,public',
  // Every statement here has its index; a plan made while the tables are still empty must not scan them later.
  'enable_seqscan=off',
];

/** The PostgreSQL inside the installed PGlite. A folder of another major version cannot be opened. */
export const POSTGRES_MAJOR = 18;

export interface EngineSource {
  /** A folder that holds a database; absent for one in memory. */
  readonly folder?: string;
  /** A packed database to start from: only for one in memory. */
  readonly packed?: Blob;
}

/** Starts PGlite; without `folder` and `packed` it creates a database in memory, which peaks at 850 MB. */
export async function startEngine({ folder, packed }: EngineSource): Promise<PGlite> {
  const engine = new PGlite({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(packed === undefined ? {} : { loadDataDir: packed }),
    startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])],
  });
  await engine.waitReady;
  return engine;
}
