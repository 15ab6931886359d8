import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFolder } from './data-folder.js';
import { sync } from './power/sync-files.js';

/**
 * Puts another database in the place of the one in a data folder. It is made beside it, gets the name
 * `postgres.restored` when it is whole and on the disk, and is what counts from that moment on: whatever opens the
 * folder after a crash finishes the exchange. The database that was there is set aside, never deleted.
 */
export function restoringFolder(dataDir: string): string {
  return join(dataDir, 'postgres.restoring');
}

function restoredFolder(dataDir: string): string {
  return join(dataDir, 'postgres.restored');
}

/** The one moment at which the new database counts. It must be closed, and on the disk. */
export async function declareRestored(dataDir: string): Promise<void> {
  await rename(restoringFolder(dataDir), restoredFolder(dataDir));
  await sync(dataDir);
}

/** Finishes an exchange that was declared. Returns where the old database was set aside; undefined when there was none. */
export async function finishSwap(dataDir: string): Promise<string | undefined> {
  if (!(await isThere(restoredFolder(dataDir)))) return undefined;
  const aside = await setDatabaseAside(dataDir);
  await rename(restoredFolder(dataDir), databaseFolder(dataDir));
  await sync(dataDir);
  return aside;
}

/** Moves the database to `aside/` in the data folder; undefined when there is none. */
export async function setDatabaseAside(dataDir: string): Promise<string | undefined> {
  if (!(await isThere(databaseFolder(dataDir)))) return undefined;
  const root = join(dataDir, 'aside');
  await mkdir(root, { recursive: true, mode: 0o700 });
  const target = join(root, `postgres-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`);
  await rename(databaseFolder(dataDir), target);
  await sync(root);
  return target;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
