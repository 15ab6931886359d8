import {
  access,
  copyFile,
  lstat,
  mkdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Chance } from '../../cli/cohort/random.js';
import { treeOf } from '../../infra/embedded/power/sync-files.js';

/**
 * Makes of a data folder, whose process was killed, what a power cut may have left of it: each page of 4 KiB that was
 * written and not handed to the disk since is there or not, as chance has it; new files may be missing, shorter or full
 * of zeros. What was handed to the disk (`syncs`) stays. `baseline` is the database as it last was on the disk wholly;
 * undefined when it never was.
 */
export interface PowerCut {
  readonly dataDir: string;
  readonly baseline: string | undefined;
  /** Written by record-syncs.mjs. */
  readonly syncs: string;
  /** The share of unsynchronised pages that survive. */
  readonly survive: number;
  readonly chance: Chance;
}

export interface CutReport {
  readonly pagesWritten: number;
  readonly pagesLost: number;
  readonly filesLost: number;
}

const PAGE = 4096;

export async function cutPower(cut: PowerCut): Promise<CutReport> {
  const { dataDir, baseline, chance, survive } = cut;
  const report = { pagesWritten: 0, pagesLost: 0, filesLost: 0 };
  const synced = new Set((await readFile(cut.syncs, 'utf8').catch(() => '')).split('\n'));
  const kept = (): boolean => chance.happens(survive);

  const database = join(dataDir, 'postgres');
  for (const { path } of (await treeOf(database)).files)
    await tear(join(database, path), baseline === undefined ? undefined : join(baseline, path));
  if (baseline !== undefined)
    for (const { path } of (await treeOf(baseline)).files)
      if (!(await isThere(join(database, path))) && !kept()) {
        // A removal that was lost as well.
        await mkdir(dirname(join(database, path)), { recursive: true });
        await copyFile(join(baseline, path), join(database, path));
      }

  const checkpoints = join(dataDir, 'checkpoints');
  if (await isThere(checkpoints)) {
    const { files, folders } = await treeOf(checkpoints);
    for (const { path } of files)
      if (!(await isSynced(join(checkpoints, path)))) await tear(join(checkpoints, path), undefined);
    for (const path of [...folders].reverse())
      // A folder whose name never reached the disk.
      if (!(await isSynced(join(checkpoints, path))) && !kept())
        await rm(join(checkpoints, path), { recursive: true, force: true });
  }
  const mark = join(dataDir, 'running.json');
  const running = JSON.parse(await readFile(mark, 'utf8')) as object;
  // The machine comes up again: another session of it.
  await writeFile(mark, JSON.stringify({ ...running, boot: 'after-the-cut', bootedAt: 0 }));
  return report;

  async function isSynced(path: string): Promise<boolean> {
    const { ino, mtimeNs, size } = await stat(path, { bigint: true });
    return synced.has(`${ino} ${mtimeNs} ${size}`);
  }

  /** Never in place: hard links to a file that is on the disk must not be torn with it. */
  async function tear(path: string, before: string | undefined): Promise<void> {
    const { atime, mtime, size } = await lstat(path);
    const old = before !== undefined && (await isThere(before)) ? await readFile(before) : undefined;
    const now = await readFile(path);
    if (old?.equals(now) === true) return;
    const pages = Math.ceil(size / PAGE);
    let lost = 0;
    for (let page = 0; page < pages; page += 1) {
      const [from, to] = [page * PAGE, Math.min(size, (page + 1) * PAGE)];
      const unchanged = old?.subarray(from, to).equals(now.subarray(from, to)) === true;
      if (unchanged) continue;
      report.pagesWritten += 1;
      if (kept()) continue;
      lost += 1;
      now.fill(0, from, to);
      if (old !== undefined && from < old.length) old.copy(now, from, from, Math.min(to, old.length));
    }
    report.pagesLost += lost;
    if (lost === 0) return;
    await rm(path);
    if (old === undefined && chance.happens(0.3)) {
      report.filesLost += 1;
      return;
    }
    await writeFile(path, now, { mode: 0o600 });
    if (chance.happens(0.3))
      await truncate(path, chance.whole(old === undefined ? 0 : Math.min(old.length, size), size));
    await utimes(path, atime, mtime);
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
