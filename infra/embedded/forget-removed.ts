import type { EmbeddedDatabase } from './database.js';

/**
 * Takes out of the folder what was removed from the tables: rows that nobody sees any more, and the write-ahead log that
 * still tells of them. Writes the tables anew, fills the rest of each log file with nothing, and removes the files.
 */
export async function forgetRemoved(database: EmbeddedDatabase): Promise<void> {
  const { statements, release } = await database.reserve();
  try {
    await statements.query('VACUUM (FULL)');
    await statements.query('SET wal_recycle = off');
    const { rows } = await statements.query<{ files: number }>(
      'SELECT count(*)::int AS files FROM pg_ls_waldir()',
    );
    // One file is closed by each; those that were kept to be used again are used, and so emptied, on the way.
    for (let file = 0; file <= (rows[0]?.files ?? 0); file += 1)
      await statements.query(
        "SELECT pg_logical_emit_message(false, 'sandbox', ''); SELECT pg_switch_wal(); CHECKPOINT",
      );
  } finally {
    await statements.query('RESET wal_recycle').catch(() => undefined);
    release();
  }
}
