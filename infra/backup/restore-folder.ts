import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxError } from '../../contracts/problems.js';
import { databaseFolder, describeFolder, inspectFolder, prepareFolder } from '../embedded/data-folder.js';
import { lockFolder } from '../embedded/folder-lock.js';
import { checkpointsFolder } from '../embedded/power/checkpoint-folders.js';
import { markEnded } from '../embedded/power/last-use.js';
import { declareRestored, finishSwap, restoringFolder } from '../embedded/swap.js';

/**
 * Restores into a data folder: `fill` makes a whole data folder beside the database, whose database then takes the
 * place of the other at one moment. Returns where the old one was set aside. GSB-CFG-003 while a sandbox uses the
 * folder; GSB-REQ-003 when it holds data and `replace` is not set.
 */
export async function restoreFolder(
  path: string,
  replace: boolean,
  fill: (folder: string) => Promise<void>,
): Promise<string | undefined> {
  const dataDir = await prepareFolder(path);
  const lock = await lockFolder(dataDir);
  const building = join(dataDir, 'restoring');
  try {
    await finishSwap(dataDir);
    if (!replace && (await inspectFolder(dataDir)) !== 'new')
      throw new SandboxError('GSB-REQ-003', {
        detail: `${dataDir} holds data already. Name another folder, or set what is there aside with --replace.`,
      });
    await rm(building, { recursive: true, force: true });
    await fill(building);
    await rm(restoringFolder(dataDir), { recursive: true, force: true });
    await rename(databaseFolder(building), restoringFolder(dataDir));
    // Checkpoints are of the database that goes: nobody must go back to them.
    await setAside(dataDir, checkpointsFolder(dataDir));
    await declareRestored(dataDir);
    const aside = await finishSwap(dataDir);
    await describeFolder(dataDir);
    await markEnded(dataDir);
    return aside;
  } finally {
    await rm(building, { recursive: true, force: true });
    await lock.release();
  }
}

async function setAside(dataDir: string, folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined)) === undefined) return;
  await mkdir(join(dataDir, 'aside'), { recursive: true, mode: 0o700 });
  const stamp = new Date().toISOString().replaceAll(/[-:.]/g, '');
  await rename(folder, join(dataDir, 'aside', `checkpoints-${stamp}`));
}
