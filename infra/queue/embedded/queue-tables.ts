import { runMigrations } from 'bullmq';

/** The tables of BullMQ's PostgreSQL backend, brought up to date. `client` runs statements, as a client of `pg` does. */
export async function migrateQueues(client: Parameters<typeof runMigrations>[0]): Promise<void> {
  await runMigrations(client);
}
