import { migrateQueues } from '../queue/embedded/queue-tables.js';
import type { EmbeddedDatabase } from './database.js';
import { EmbeddedPgClient } from './pg-pool.js';

/**
 * All tables of the embedded profile. Collections of documents get theirs when they are first used. A database
 * that is up to date is left alone after one short look.
 */
const TABLES = `
CREATE SCHEMA IF NOT EXISTS sandbox;
CREATE TABLE IF NOT EXISTS sandbox.journal (
  stream text COLLATE "C" NOT NULL,
  seq integer NOT NULL,
  position bigserial UNIQUE,
  event text NOT NULL,
  payload text,
  PRIMARY KEY (stream, seq)
);
CREATE TABLE IF NOT EXISTS sandbox.collection (
  name text COLLATE "C" PRIMARY KEY,
  indexes text[] NOT NULL
);
`;

export async function migrate(database: EmbeddedDatabase): Promise<void> {
  await database.query(TABLES);
  await migrateQueues(new EmbeddedPgClient(database, () => undefined));
}
