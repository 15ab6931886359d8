import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { forAll, syncTree, treeOf } from './sync-files.js';

/**
 * Copies of the database beside it, each as it was at one moment and wholly on the disk before it has its name:
 * `checkpoints/<instant>/postgres/` and `checkpoints/<instant>/checkpoint.json`.
 */
export const CHECKPOINT_FILE = 'checkpoint.json';
const KEPT_CHECKPOINTS = 2;

const checkpointSchema = z.object({
  takenAt: z.iso.datetime(),
  files: z.array(z.object({ path: z.string(), size: z.number(), mtimeMs: z.number(), copiedAt: z.number() })),
});
export type CheckpointFacts = z.infer<typeof checkpointSchema>;

export interface Checkpoint extends CheckpointFacts {
  readonly folder: string;
}

export function checkpointsFolder(dataDir: string): string {
  return join(dataDir, 'checkpoints');
}

const NAME = /^\d{8}T\d{9}Z$/;

export function checkpointName(takenAt: string): string {
  return takenAt.replaceAll(/[-:.]/g, '');
}

/** Complete ones, newest first. One whose facts cannot be read counts as none. */
export async function listCheckpoints(dataDir: string): Promise<readonly Checkpoint[]> {
  const root = checkpointsFolder(dataDir);
  const names = await readdir(root).catch(() => []);
  const found: Checkpoint[] = [];
  for (const name of names
    .filter((one) => NAME.test(one))
    .sort()
    .reverse()) {
    const folder = join(root, name);
    const text = await readFile(join(folder, CHECKPOINT_FILE), 'utf8').catch(() => '');
    const facts = factsIn(text);
    if (facts !== undefined) found.push({ ...facts, folder });
  }
  return found;
}

function factsIn(text: string): CheckpointFacts | undefined {
  try {
    return checkpointSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether every file of it is there in its length. */
export async function isWhole({ folder, files }: Checkpoint): Promise<boolean> {
  let whole = true;
  await forAll(files, async ({ path, size }) => {
    const found = await stat(join(folder, 'postgres', path)).catch(() => undefined);
    if (found?.size !== size) whole = false;
  });
  return whole;
}

/** Copies the database of a checkpoint to `target`, all of it on the disk when this resolves. */
export async function copyOut({ folder, files: facts }: Checkpoint, target: string): Promise<void> {
  const source = join(folder, 'postgres');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true, mode: 0o700 });
  const { files, folders } = await treeOf(source);
  for (const path of folders) await mkdir(join(target, path), { mode: 0o700 });
  // With the times that the checkpoint knows, so that the next one shares all that stays as it is.
  const times = new Map(facts.map(({ path, mtimeMs }) => [path, new Date(mtimeMs)]));
  await forAll(files, async ({ path }) => {
    await copyFile(join(source, path), join(target, path));
    const time = times.get(path);
    if (time !== undefined) await utimes(join(target, path), time, time);
  });
  await syncTree(target);
}

/** All but the newest so many. */
export async function removeOldCheckpoints(dataDir: string, kept = KEPT_CHECKPOINTS): Promise<void> {
  for (const { folder } of (await listCheckpoints(dataDir)).slice(kept)) {
    // Out of the list at once: half of one must not be taken for a whole one.
    const going = join(dirname(folder), 'going');
    await rm(going, { recursive: true, force: true });
    await rename(folder, going);
    await rm(going, { recursive: true, force: true });
  }
}
