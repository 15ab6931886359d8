import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import { itemsOf, verifyBackup, writeBackup, type BackupHeader } from '../../infra/backup/backup-file.js';
import { contentsOf, emptyAll, fillWith, isEmpty } from '../../infra/backup/contents.js';
import { restoreFolder } from '../../infra/backup/restore-folder.js';
import { isHalfRestored, markRestore, unmarkRestore } from '../../infra/backup/restore-mark.js';
import {
  keyFileOf,
  keyInCollection,
  keyInDataFolder,
  readKeyFile,
  writeKeyFile,
  type KeyPlace,
} from '../../infra/backup/secrets-key-file.js';
import { openStorage, type Storage } from '../../infra/storage.js';
import type { SandboxConfig } from '../config.js';
import { projectFile } from '../project-file.js';

export type BackupConfig = Pick<
  SandboxConfig,
  'redisUrl' | 'mongodbUri' | 'dataDir' | 'secretsKey' | 'serverUrl'
>;

export interface TakenBackup extends BackupHeader {
  readonly file: string;
  /** Where the key of the secrets was written; absent when there is none, or SANDBOX_SECRETS_KEY holds it. */
  readonly keyFile?: string;
}

/**
 * Backs up an installation that nobody uses. GSB-CFG-003 while a sandbox does: it makes its backup itself, by its API.
 */
export async function backUp(config: BackupConfig, logger: Logger, file: string): Promise<TakenBackup> {
  await assertStopped(config);
  const storage = await open(config, logger);
  try {
    const header = await writeBackup(file, new Date().toISOString(), contentsOf(storage));
    const key = config.secretsKey === undefined ? await keyPlace(config, storage).read() : undefined;
    if (key !== undefined) await writeKeyFile(file, key);
    return { ...header, file, ...(key === undefined ? {} : { keyFile: keyFileOf(file) }) };
  } finally {
    await storage.close();
  }
}

export interface Restored extends BackupHeader {
  /** Where the database that was there lies now. */
  readonly aside?: string;
  /** Whether the key of the secrets was beside the backup. */
  readonly withKey: boolean;
}

/**
 * Puts a backup in the place of what an installation holds, after all of it was read and found whole. GSB-REQ-003 when
 * something is there and `replace` is not set. On a data folder it counts wholly or not at all; on services it is
 * marked until it is done, nothing starts meanwhile (GSB-CFG-008), and it can be begun again.
 */
export async function restore(
  config: BackupConfig,
  logger: Logger,
  file: string,
  replace: boolean,
): Promise<Restored> {
  const header = await verifyBackup(file);
  const key = config.secretsKey === undefined ? await readKeyFile(file) : undefined;
  const embedded = config.redisUrl === undefined && config.mongodbUri === undefined;
  let aside: string | undefined;
  if (embedded) aside = await restoreEmbedded(config, logger, file, replace);
  else await restoreServices(config, logger, file, { replace, digest: header.digest, key });
  if (embedded && key !== undefined) await keyInDataFolder(config.dataDir).write(key);
  return { ...header, withKey: key !== undefined, ...(aside === undefined ? {} : { aside }) };
}

/** From one profile to the other. What was there stays as it was. */
export async function migrateTo(
  from: BackupConfig,
  to: BackupConfig,
  logger: Logger,
  replace: boolean,
): Promise<Restored> {
  const folder = await mkdtemp(join(tmpdir(), 'govstack-sandbox-migrate-'));
  try {
    const { file } = await backUp(from, logger, join(folder, 'backup.gz'));
    return await restore(to, logger, file, replace);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function restoreEmbedded(
  { dataDir }: BackupConfig,
  logger: Logger,
  file: string,
  replace: boolean,
): Promise<string | undefined> {
  return restoreFolder(dataDir, replace, async (folder) => {
    const storage = await openStorage({ dataDir: folder, templateFile: templateFile(), logger });
    try {
      await fillWith(storage, itemsOf(file));
    } finally {
      await storage.close();
    }
  });
}

async function restoreServices(
  config: BackupConfig,
  logger: Logger,
  file: string,
  { replace, digest, key }: { replace: boolean; digest: string; key: string | undefined },
): Promise<void> {
  await assertStopped(config);
  const storage = await open(config, logger);
  try {
    if (!replace && !(await isHalfRestored(storage.documents)) && !(await isEmpty(storage)))
      throw new SandboxError('GSB-REQ-003', {
        detail: 'The services hold data already. Back it up, then put this in its place with --replace.',
      });
    await markRestore(storage.documents, digest);
    await emptyAll(storage);
    await fillWith(storage, itemsOf(file));
    if (key !== undefined) await keyPlace(config, storage).write(key);
    await unmarkRestore(storage.documents);
  } finally {
    await storage.close();
  }
}

function open({ redisUrl, mongodbUri, dataDir }: BackupConfig, logger: Logger): Promise<Storage> {
  return openStorage({
    redisUrl,
    mongoUri: mongodbUri,
    dataDir,
    templateFile: templateFile(),
    halfRestored: true,
    logger,
  });
}

function keyPlace({ mongodbUri, dataDir }: BackupConfig, { documents }: Storage): KeyPlace {
  return mongodbUri === undefined ? keyInDataFolder(dataDir) : keyInCollection(documents);
}

function templateFile(): string {
  return fileURLToPath(projectFile('dist/database-template.tar.gz'));
}

/** A data folder is locked; services are not, so the server is asked. */
async function assertStopped({ redisUrl, mongodbUri, serverUrl }: BackupConfig): Promise<void> {
  if (redisUrl === undefined && mongodbUri === undefined) return;
  const answers = await fetch(`${serverUrl}/health`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (answers)
    throw new SandboxError('GSB-CFG-003', {
      detail: `a sandbox answers at ${serverUrl} and may use these services. Stop it, or back it up while it runs with --url ${serverUrl}`,
    });
}
