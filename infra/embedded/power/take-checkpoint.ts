import { copyFile, link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFolder } from '../data-folder.js';
import type { EmbeddedDatabase } from '../database.js';
import {
  CHECKPOINT_FILE,
  checkpointName,
  checkpointsFolder,
  listCheckpoints,
  removeOldCheckpoints,
  type Checkpoint,
  type CheckpointFacts,
} from './checkpoint-folders.js';
import { forAll, sync, treeOf, type FoundFile } from './sync-files.js';

export interface TakenCheckpoint {
  readonly takenAt: string;
  /** Where the write-ahead log stood: the same means that nothing was written since. */
  readonly position: string;
  /** Bytes that were copied; the rest is shared with the checkpoint before. */
  readonly copied: number;
  /** How long the database was kept for itself, and how long all of it took. */
  readonly heldMs: number;
  readonly tookMs: number;
}

/** A file that was written so shortly before it was looked at may have been written again within the same tick. */
const TICK_MS = 100;

type Copied = ReadonlyMap<string, CheckpointFacts['files'][number]>;

/**
 * Takes a checkpoint: first copies what changed while work goes on, then holds the database for as long as it takes to
 * copy what changed meanwhile, then hands all of it to the disk. Files that did not change since the checkpoint before
 * are shared with it. Nothing is held in memory.
 */
export async function takeCheckpoint(database: EmbeddedDatabase, dataDir: string): Promise<TakenCheckpoint> {
  const begun = performance.now();
  const source = databaseFolder(dataDir);
  const staging = join(checkpointsFolder(dataDir), 'next');
  const target = join(staging, 'postgres');
  const [before] = await listCheckpoints(dataDir);
  const known: Copied = new Map(before?.files.map((file) => [file.path, file]));
  await rm(staging, { recursive: true, force: true });
  await mkdir(target, { recursive: true, mode: 0o700 });

  const early = await treeOf(source);
  for (const folder of early.folders) await mkdir(join(target, folder), { mode: 0o700 });
  const changed = early.files.filter((file) => !isUnchanged(file, known) && !isLog(file));
  const copies = new Map<string, CheckpointFacts['files'][number]>();
  await copyAll(source, target, changed, copies);

  const held = performance.now();
  const { statements, release } = await database.reserve();
  let state: Position;
  let all: readonly FoundFile[];
  const takenAt = new Date().toISOString();
  try {
    await statements.query('CHECKPOINT');
    state = await positionOf(statements);
    const late = await treeOf(source);
    for (const folder of late.folders) await mkdir(join(target, folder), { recursive: true, mode: 0o700 });
    all = late.files.filter((file) => !isLog(file) || isNeededLog(file, state));
    await copyAll(
      source,
      target,
      all.filter((file) => !isUnchanged(file, known) && !isUnchanged(file, copies)),
      copies,
    );
  } finally {
    release();
  }
  const heldMs = Math.round(performance.now() - held);

  await finish({ dataDir, staging, target, all, copies, known, before, takenAt });
  return {
    takenAt,
    position: state.position,
    copied: [...copies.values()].reduce((sum, { size }) => sum + size, 0),
    heldMs,
    tookMs: Math.round(performance.now() - begun),
  };
}

interface Finishing {
  readonly dataDir: string;
  readonly staging: string;
  readonly target: string;
  readonly all: readonly FoundFile[];
  readonly copies: Copied;
  readonly known: Copied;
  readonly before: Checkpoint | undefined;
  readonly takenAt: string;
}

async function finish({
  dataDir,
  staging,
  target,
  all,
  copies,
  known,
  before,
  takenAt,
}: Finishing): Promise<void> {
  const wanted = new Set(all.map(({ path }) => path));
  await forAll(
    [...copies.keys()].filter((path) => !wanted.has(path)),
    (path) => rm(join(target, path)),
  );
  await forAll(all, async ({ path }) => {
    if (copies.has(path)) await sync(join(target, path));
    else if (before !== undefined) await link(join(before.folder, 'postgres', path), join(target, path));
  });
  const facts: CheckpointFacts = {
    takenAt,
    files: all.flatMap(({ path }) => copies.get(path) ?? known.get(path) ?? []),
  };
  await writeFile(join(staging, CHECKPOINT_FILE), JSON.stringify(facts));
  await sync(join(staging, CHECKPOINT_FILE));
  const { folders } = await treeOf(staging);
  await forAll([...folders.map((folder) => join(staging, folder)), staging], sync);
  await rename(staging, join(checkpointsFolder(dataDir), checkpointName(takenAt)));
  await sync(checkpointsFolder(dataDir));
  await removeOldCheckpoints(dataDir);
}

async function copyAll(
  source: string,
  target: string,
  files: readonly FoundFile[],
  copies: Map<string, CheckpointFacts['files'][number]>,
): Promise<void> {
  await forAll(files, async (file) => {
    const copiedAt = Date.now();
    try {
      // Never over what is there: that would write into a file that an older checkpoint shares.
      await rm(join(target, file.path), { force: true });
      await copyFile(join(source, file.path), join(target, file.path));
      copies.set(file.path, { ...file, copiedAt });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      copies.delete(file.path);
    }
  });
}

function isUnchanged({ path, size, mtimeMs }: FoundFile, known: Copied): boolean {
  const before = known.get(path);
  return before?.size === size && before.mtimeMs === mtimeMs && before.mtimeMs < before.copiedAt - TICK_MS;
}

interface Position {
  readonly position: string;
  readonly oldest: string;
  readonly newest: string;
}

async function positionOf({ query }: Pick<EmbeddedDatabase, 'query'>): Promise<Position> {
  const { rows } = await query<Position>(
    `SELECT pg_current_wal_insert_lsn()::text AS position, pg_walfile_name(redo_lsn) AS oldest,
       pg_walfile_name(pg_current_wal_insert_lsn()) AS newest FROM pg_control_checkpoint()`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('the database does not say where its log stands');
  return found;
}

/** Segments of the write-ahead log: only those from the checkpoint on are needed. */
const SEGMENT = /^pg_wal\/([0-9A-F]{24})$/;

function isLog({ path }: FoundFile): boolean {
  return SEGMENT.test(path);
}

function isNeededLog({ path }: FoundFile, { oldest, newest }: Position): boolean {
  const name = SEGMENT.exec(path)?.[1] ?? '';
  return name >= oldest && name <= newest;
}
