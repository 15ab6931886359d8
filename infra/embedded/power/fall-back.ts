import { join } from 'node:path';
import type { Logger } from '../../../contracts/logger.js';
import { databaseFolder } from '../data-folder.js';
import { declareRestored, finishSwap, restoringFolder } from '../swap.js';
import { copyOut, isWhole, listCheckpoints, type Checkpoint } from './checkpoint-folders.js';
import type { UseFacts } from './last-use.js';
import { treeOf } from './sync-files.js';

export interface FallBack {
  readonly takenAt: string;
  /** Work that is lost, in seconds: what the database had beyond the checkpoint by its last write. */
  readonly lostSeconds: number;
  /** Where the damaged database lies now. */
  readonly aside: string | undefined;
}

/**
 * Goes back to the newest checkpoint that `opens`; undefined when there is none, and nothing was changed. The damaged
 * database is set aside.
 */
export async function fallBack(
  dataDir: string,
  logger: Logger,
  opens: (folder: string) => Promise<boolean>,
  use: UseFacts | undefined,
): Promise<FallBack | undefined> {
  const lastWrite = await newestWrite(dataDir);
  for (const checkpoint of await listCheckpoints(dataDir)) {
    if (!(await tryOut(dataDir, checkpoint, opens))) {
      logger.warn({ checkpoint: checkpoint.folder }, 'a checkpoint is not whole: the one before it is tried');
      continue;
    }
    await declareRestored(dataDir);
    const aside = await finishSwap(dataDir);
    const lost = workBeyond(checkpoint.takenAt, lastWrite, use);
    return { takenAt: checkpoint.takenAt, lostSeconds: Math.max(0, Math.ceil(lost / 1000)), aside };
  }
  return undefined;
}

/**
 * Milliseconds of work. While the sandbox did not run there was none, and after it went back to a checkpoint there is
 * nothing beyond it until it runs again.
 */
function workBeyond(takenAt: string, lastWrite: number, use: UseFacts | undefined): number {
  return use?.checkpoint?.takenAt === takenAt
    ? use.checkpoint.lacksMs + Math.max(0, lastWrite - use.unsyncedSince)
    : lastWrite - Date.parse(takenAt);
}

/** The newest checkpoint, and the work that the database holds beyond it; undefined where there is none. */
export async function lookAtCheckpoint(dataDir: string): Promise<UseFacts['checkpoint']> {
  const [newest] = await listCheckpoints(dataDir);
  if (newest === undefined) return undefined;
  const lacks = (await newestWrite(dataDir)) - Date.parse(newest.takenAt);
  return { takenAt: newest.takenAt, lacksMs: Math.max(0, lacks) };
}

async function tryOut(
  dataDir: string,
  checkpoint: Checkpoint,
  opens: (folder: string) => Promise<boolean>,
): Promise<boolean> {
  if (!(await isWhole(checkpoint))) return false;
  await copyOut(checkpoint, restoringFolder(dataDir));
  if (!(await opens(restoringFolder(dataDir)))) return false;
  // Opening writes; what counts is what the checkpoint holds.
  await copyOut(checkpoint, restoringFolder(dataDir));
  return true;
}

/** When the database was last written to, as far as its folder shows; milliseconds. */
async function newestWrite(dataDir: string): Promise<number> {
  const { files } = await treeOf(databaseFolder(dataDir)).catch(() => ({ files: [] }));
  return files
    .filter(({ path }) => path.startsWith(join('pg_wal')) || path.startsWith('base/'))
    .reduce((newest, { mtimeMs }) => Math.max(newest, mtimeMs), 0);
}

/** One sentence for people. */
export function sayFallBack(dataDir: string, { takenAt, lostSeconds, aside }: FallBack): string {
  return (
    `The machine stopped before everything was on its disk, so the sandbox went back to its checkpoint of ${takenAt}: ` +
    `the last ${lostSeconds} s of work are lost, and the damaged database was set aside in ${aside ?? dataDir}.`
  );
}
