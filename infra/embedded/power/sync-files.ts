import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Hands a file, or the entries of a folder, to the disk itself. Folders cannot be synchronised on Windows. */
export async function sync(path: string): Promise<void> {
  const isFolder = (await stat(path)).isDirectory();
  if (isFolder && process.platform === 'win32') return;
  const handle = await open(path, isFolder || process.platform !== 'win32' ? 'r' : 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const AT_ONCE = 16;

/** Calls `work` for all, some at a time. */
export async function forAll<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const next = async (): Promise<void> => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

export interface FoundFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly size: number;
  /** Whole milliseconds. */
  readonly mtimeMs: number;
}

export interface Tree {
  readonly folders: readonly string[];
  readonly files: readonly FoundFile[];
}

/** What lies in a folder. Files that vanish meanwhile are left out. */
export async function treeOf(root: string): Promise<Tree> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const nameOf = (entry: { parentPath: string; name: string }): string =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/');
  const files: FoundFile[] = [];
  await forAll(
    entries.filter((entry) => entry.isFile()),
    async (entry) => {
      const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
      if (found !== undefined)
        files.push({ path: nameOf(entry), size: found.size, mtimeMs: Math.round(found.mtimeMs) });
    },
  );
  const folders = entries.filter((entry) => entry.isDirectory()).map(nameOf);
  return { folders: folders.sort(), files };
}

/** Hands everything in a folder that changed from `sinceMs` on to the disk, and the folder itself. */
export async function syncTree(root: string, sinceMs = 0): Promise<void> {
  const { files, folders } = await treeOf(root);
  await forAll(
    files.filter(({ mtimeMs }) => mtimeMs >= sinceMs),
    ({ path }) => sync(join(root, path)),
  );
  await forAll([...folders.map((folder) => join(root, folder)), root], async (folder) => {
    if ((await stat(folder)).mtimeMs >= sinceMs) await sync(folder);
  });
}
