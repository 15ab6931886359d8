import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import { createDatabaseFolder } from './build-template.js';
import { databaseFolder, describeFolder, fillFolder, inspectFolder, prepareFolder } from './data-folder.js';
import { createEmbeddedDatabase, type EmbeddedDatabase } from './database.js';
import { startEngine } from './engine.js';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { migrate } from './migrate.js';
import { unpack } from './tar.js';
import { errorText } from '../error-facts.js';

export interface OpenDatabaseOptions {
  /** Where it lives; absent for a database in memory, which ends with the process. */
  readonly dataDir?: string | undefined;
  /** Made by `buildTemplate`. Without it, a new database takes 3 s more. */
  readonly templateFile?: string | undefined;
  readonly logger: Logger;
}

/**
 * Opens the embedded database, creating it when the folder is new. Raises GSB-CFG-003 (in use), GSB-CFG-004
 * (written by another version) or GSB-CFG-005 (broken); nothing in the folder is changed in these cases.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<EmbeddedDatabase> {
  const database = await (options.dataDir === undefined
    ? openInMemory(options)
    : openFolder(options, options.dataDir));
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw asFolderProblem(error, options.dataDir);
  }
}

async function openInMemory({ templateFile }: OpenDatabaseOptions): Promise<EmbeddedDatabase> {
  const hasTemplate = templateFile !== undefined && existsSync(templateFile);
  const engine = await startEngine(hasTemplate ? { packed: new Blob([await readFile(templateFile)]) } : {});
  return createEmbeddedDatabase(engine, undefined, () => Promise.resolve());
}

async function openFolder(options: OpenDatabaseOptions, path: string): Promise<EmbeddedDatabase> {
  const dataDir = await prepareFolder(path);
  const lock = await lockFolder(dataDir);
  try {
    const state = await inspectFolder(dataDir);
    if (state === 'new') await createIn(dataDir, options);
    const engine = await start(dataDir);
    if (state !== 'ready') await describeFolder(dataDir);
    return createEmbeddedDatabase(engine, dataDir, () => lock.release());
  } catch (error) {
    await releaseQuietly(lock);
    throw error;
  }
}

async function createIn(dataDir: string, { templateFile, logger }: OpenDatabaseOptions): Promise<void> {
  const template = templateFile !== undefined && existsSync(templateFile) ? templateFile : undefined;
  if (template === undefined) logger.info({ dataDir }, 'creating the database, which takes a few seconds');
  await fillFolder(dataDir, (folder) =>
    template === undefined ? createDatabaseFolder(folder) : unpack(template, folder),
  );
}

async function start(dataDir: string): Promise<PGlite> {
  try {
    return await startEngine({ folder: databaseFolder(dataDir) });
  } catch (error) {
    throw asFolderProblem(error, dataDir);
  }
}

function asFolderProblem(error: unknown, dataDir: string | undefined): unknown {
  if (dataDir === undefined || error instanceof SandboxError) return error;
  if (error instanceof Error && error.name === 'SchemaVersionMismatchError') {
    return new SandboxError('GSB-CFG-004', {
      detail: `${dataDir}: its queue tables were written by a later version`,
      cause: error,
    });
  }
  return new SandboxError('GSB-CFG-005', {
    detail: `${dataDir}: the database does not open (${errorText(error)})`,
    cause: error,
  });
}

async function releaseQuietly(lock: FolderLock): Promise<void> {
  await lock.release().catch(() => undefined);
}
