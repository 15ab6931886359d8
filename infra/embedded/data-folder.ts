import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SandboxError } from '../../contracts/problems.js';
import { POSTGRES_MAJOR } from './engine.js';
import { errorCode, errorText } from '../error-facts.js';
import { sync } from './power/sync-files.js';

/** What a data folder looks like: `sandbox.json` says who wrote it, `postgres/` is the database. */
const FORMAT_VERSION = 1;

const descriptionSchema = z.object({
  formatVersion: z.number().int(),
  postgresMajor: z.number().int(),
  createdAt: z.string(),
});

export type FolderState = 'new' | 'undescribed' | 'ready';

export function databaseFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

function broken(dataDir: string, why: string, cause?: unknown): SandboxError {
  return new SandboxError('GSB-CFG-005', { detail: `${dataDir}: ${why}`, cause });
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Creates the folder when it is missing. Raises GSB-CFG-005 when it cannot be one, or not be written to. */
export async function prepareFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    return await realpath(dataDir);
  } catch (error) {
    throw broken(dataDir, `it cannot be used as a folder (${errorText(error)})`, error);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function parseDescription(dataDir: string, text: string): z.infer<typeof descriptionSchema> {
  try {
    return descriptionSchema.parse(JSON.parse(text));
  } catch (error) {
    throw broken(dataDir, 'sandbox.json is not readable', error);
  }
}

/**
 * Looks, and changes nothing. Raises GSB-CFG-004 when another version wrote the folder and GSB-CFG-005 when
 * it holds something that is no database of the sandbox.
 */
export async function inspectFolder(dataDir: string): Promise<FolderState> {
  const text = await readText(join(dataDir, 'sandbox.json'));
  const major = (await readText(join(databaseFolder(dataDir), 'PG_VERSION')))?.trim();
  if (text === undefined && major === undefined) {
    if (await exists(databaseFolder(dataDir))) throw broken(dataDir, 'postgres/ is not a database');
    return 'new';
  }
  await assertKnownFormat(dataDir);
  if (major !== String(POSTGRES_MAJOR)) throw broken(dataDir, 'postgres/PG_VERSION is missing or wrong');
  return text === undefined ? 'undescribed' : 'ready';
}

/** Raises GSB-CFG-004 when another version wrote the folder. One without a description passes. */
export async function assertKnownFormat(dataDir: string): Promise<void> {
  const text = await readText(join(dataDir, 'sandbox.json'));
  if (text === undefined) return;
  const { formatVersion, postgresMajor } = parseDescription(dataDir, text);
  if (formatVersion !== FORMAT_VERSION || postgresMajor !== POSTGRES_MAJOR) {
    throw new SandboxError('GSB-CFG-004', {
      detail:
        `${dataDir} has format ${formatVersion} on PostgreSQL ${postgresMajor}, ` +
        `this sandbox uses format ${FORMAT_VERSION} on PostgreSQL ${POSTGRES_MAJOR}`,
    });
  }
}

export async function describeFolder(dataDir: string): Promise<void> {
  const description = {
    formatVersion: FORMAT_VERSION,
    postgresMajor: POSTGRES_MAJOR,
    createdAt: new Date().toISOString(),
  };
  const path = join(dataDir, 'sandbox.json');
  await writeFile(`${path}.new`, `${JSON.stringify(description, undefined, 2)}\n`);
  await sync(`${path}.new`);
  await rename(`${path}.new`, path);
  await sync(dataDir);
}

/** A folder whose database was set aside is new again. */
export async function forgetDescription(dataDir: string): Promise<void> {
  await rm(join(dataDir, 'sandbox.json'), { force: true });
}

/** Fills `postgres/` through a neighbour, so that a crash in between leaves no half database behind. */
export async function fillFolder(dataDir: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const staging = join(dataDir, 'postgres.new');
  await rm(staging, { recursive: true, force: true });
  await fill(staging);
  await rename(staging, databaseFolder(dataDir));
}
