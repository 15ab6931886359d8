import { createHash } from 'node:crypto';
import type { EmbeddedDatabase } from '../../embedded/database.js';
import { keyAt } from '../indexing.js';

/**
 * One table per collection: id, version, the body as text (jsonb would reorder keys and refuse U+0000), and one
 * indexed text column per declared path, filled by the adapter (see indexing.ts).
 */
export interface Table {
  readonly collection: string;
  /** Quoted and qualified, to be put into statements. */
  readonly sqlName: string;
  /** Declared paths, in the order of their columns. */
  readonly paths: readonly string[];
}

export function columnOf(path: string): string {
  return `ix_${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}

function sqlNameOf(collection: string): string {
  return `sandbox."doc_${collection}"`;
}

const BACKFILL_BATCH = 500;

/** Creates the table and the columns that are missing; a new column is filled from the bodies. */
export async function ensureTable(
  database: EmbeddedDatabase,
  collection: string,
  declared: readonly string[],
): Promise<Table> {
  const sqlName = sqlNameOf(collection);
  const known = await knownPaths(database, collection);
  const missing = declared.filter((path) => !known?.includes(path));
  const paths = [...(known ?? []), ...missing];
  if (known !== undefined && missing.length === 0) return { collection, sqlName, paths };
  await database.transaction(async ({ query }) => {
    await query(
      `CREATE TABLE IF NOT EXISTS ${sqlName} (
         id text COLLATE "C" PRIMARY KEY, version integer NOT NULL, body text NOT NULL
       ) WITH (fillfactor = 85)`,
    );
    for (const path of missing) {
      await query(`ALTER TABLE ${sqlName} ADD COLUMN IF NOT EXISTS ${columnOf(path)} text COLLATE "C"`);
    }
    let after: string | undefined = '';
    while (known !== undefined && after !== undefined)
      after = await fillBatch(query, sqlName, missing, after);
    for (const path of missing) {
      await query(
        `CREATE INDEX IF NOT EXISTS "doc_${collection}_${columnOf(path)}" ON ${sqlName} (${columnOf(path)}, id)`,
      );
    }
    await query(
      `INSERT INTO sandbox.collection (name, indexes) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET indexes = EXCLUDED.indexes`,
      [collection, paths],
    );
  });
  return { collection, sqlName, paths };
}

async function knownPaths(
  database: EmbeddedDatabase,
  collection: string,
): Promise<readonly string[] | undefined> {
  const { rows } = await database.query<{ indexes: string[] }>(
    'SELECT indexes FROM sandbox.collection WHERE name = $1',
    [collection],
  );
  return rows[0]?.indexes;
}

async function fillBatch(
  query: EmbeddedDatabase['query'],
  sqlName: string,
  paths: readonly string[],
  after: string,
): Promise<string | undefined> {
  const { rows } = await query<{ id: string; body: string }>(
    `SELECT id, body FROM ${sqlName} WHERE id > $1 ORDER BY id LIMIT ${BACKFILL_BATCH}`,
    [after],
  );
  const bodies = rows.map(({ body }) => JSON.parse(body) as unknown);
  for (const path of paths) {
    await query(
      `UPDATE ${sqlName} AS t SET ${columnOf(path)} = s.key
       FROM unnest($1::text[], $2::text[]) AS s(id, key) WHERE t.id = s.id`,
      [rows.map(({ id }) => id), bodies.map((body) => keyAt(body, path))],
    );
  }
  return rows.at(-1)?.id;
}
