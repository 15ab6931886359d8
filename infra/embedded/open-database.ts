import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import { createDatabaseFolder } from './build-template.js';
import {
  assertKnownFormat,
  databaseFolder,
  describeFolder,
  fillFolder,
  forgetDescription,
  inspectFolder,
  prepareFolder,
} from './data-folder.js';
import { createEmbeddedDatabase, type EmbeddedDatabase } from './database.js';
import { startEngine } from './engine.js';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { migrate } from './migrate.js';
import { forgetRemoved } from './forget-removed.js';
import { removeOldCheckpoints } from './power/checkpoint-folders.js';
import { fallBack, lookAtCheckpoint, sayFallBack } from './power/fall-back.js';
import { keepCheckpoints } from './power/keep-checkpoints.js';
import { markEnded, markRunning, readLastUse, type LastUse, type UseFacts } from './power/last-use.js';
import { syncTree } from './power/sync-files.js';
import { finishSwap, setDatabaseAside } from './swap.js';
import { unpack } from './tar.js';
import { errorText } from '../error-facts.js';

export interface OpenDatabaseOptions {
  /** Where it lives; absent for a database in memory, which ends with the process. */
  readonly dataDir?: string | undefined;
  /** Made by `buildTemplate`. Without it, a new database takes 3 s more. */
  readonly templateFile?: string | undefined;
  readonly logger: Logger;
  /** Milliseconds between two checkpoints of a folder, against power cuts; none are taken when absent or 0. */
  readonly checkpointEveryMs?: number | undefined;
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
    await finishSwap(dataDir);
    const last = await readLastUse(dataDir);
    if (last.end === 'machine-stopped') await afterPowerCut(dataDir, last, options);
    const openedAt = Date.now();
    const state = await inspectFolder(dataDir);
    if (state === 'new') await createIn(dataDir, options);
    const goesOn = last.end === 'killed' ? last.mark : undefined;
    const use: UseFacts = {
      fresh: state === 'new' || last.mark?.fresh === true,
      unsyncedSince: goesOn?.unsyncedSince ?? openedAt,
      checkpoint: goesOn === undefined ? await lookAtCheckpoint(dataDir) : goesOn.checkpoint,
    };
    await markRunning(dataDir, use);
    const engine = await startOrFallBack(dataDir, options.logger, use).catch(async (error: unknown) => {
      if (last.end === 'ended') await markEnded(dataDir);
      throw error;
    });
    if (state !== 'ready') await describeFolder(dataDir);
    const database = createEmbeddedDatabase(engine, dataDir, async () => {
      await syncTree(databaseFolder(dataDir), use.unsyncedSince);
      await markEnded(dataDir);
      await lock.release();
    });
    return keepingCheckpoints(database, dataDir, options);
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

/** The database of a folder that does not open is that of the newest checkpoint; without one it is an error. */
async function startOrFallBack(dataDir: string, logger: Logger, use: UseFacts): Promise<PGlite> {
  try {
    return await startEngine({ folder: databaseFolder(dataDir) });
  } catch (error) {
    const back = await fallBack(dataDir, logger, opens, use);
    if (back === undefined) throw asFolderProblem(error, dataDir);
    logger.warn({ ...back }, sayFallBack(dataDir, back));
    await markRunning(dataDir, {
      ...use,
      unsyncedSince: Date.now(),
      checkpoint: await lookAtCheckpoint(dataDir),
    });
    return startEngine({ folder: databaseFolder(dataDir) });
  }
}

/**
 * What the operating system had not handed to the disk yet is gone, from any place of the folder: it may open and yet
 * lack something. So it is not trusted, but the newest checkpoint is. Before the first one there is nothing to go back
 * to: a folder that was new begins afresh, and one that is older than checkpoints is opened as it is.
 */
async function afterPowerCut(dataDir: string, last: LastUse, { logger }: OpenDatabaseOptions): Promise<void> {
  await assertKnownFormat(dataDir);
  const back = await fallBack(dataDir, logger, opens, last.mark);
  if (back !== undefined) {
    logger.warn({ ...back }, sayFallBack(dataDir, back));
    return;
  }
  if (last.mark?.fresh !== true) {
    logger.warn(
      { dataDir },
      'The machine stopped before everything was on its disk, and there is no checkpoint yet: the database is used as it is.',
    );
    return;
  }
  const aside = await setDatabaseAside(dataDir);
  await forgetDescription(dataDir);
  logger.warn(
    { aside },
    `The machine stopped while the sandbox was new and had no checkpoint yet: it begins afresh, and what it had of its first seconds was set aside in ${aside ?? dataDir}.`,
  );
}

/** Whether a database starts and answers. */
async function opens(folder: string): Promise<boolean> {
  try {
    const engine = await startEngine({ folder });
    try {
      await engine.exec('SELECT count(*) FROM sandbox.collection; SELECT max(position) FROM sandbox.journal');
      return true;
    } finally {
      await engine.close();
    }
  } catch {
    return false;
  }
}

function keepingCheckpoints(
  database: EmbeddedDatabase,
  dataDir: string,
  { checkpointEveryMs = 0, logger }: OpenDatabaseOptions,
): EmbeddedDatabase {
  if (checkpointEveryMs === 0)
    return {
      ...database,
      forgetRemoved: async () => {
        await forgetRemoved(database);
        await removeOldCheckpoints(dataDir, 0);
      },
    };
  const keeper = keepCheckpoints(database, dataDir, checkpointEveryMs, logger);
  return {
    ...database,
    forgetRemoved: async () => {
      await forgetRemoved(database);
      await keeper.take();
      await removeOldCheckpoints(dataDir, 1);
    },
    close: async () => {
      await keeper.close();
      await database.close();
    },
  };
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
