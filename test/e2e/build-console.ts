import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const firstViewAssets = /(?:src|href)="(\/assets\/[^"]+)"/g;
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the console into dist/console when its sources are newer. Vite runs in a process of its own. */
export async function buildConsole(): Promise<void> {
  const built = await Promise.all(
    ['dist/console/index.html', 'dist/first-view/draw.js'].map(async (file) =>
      stat(join(root, file)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const entries = await readdir(join(root, 'console'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const changed = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  if (Math.min(...built) >= Math.max(...changed)) return;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--app', '--config', join(root, 'console/vite.config.ts'), join(root, 'console')],
    {
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
    },
  );
}

/** Compressed bytes of what the first view loads: the page and the scripts and styles that it names. */
export async function firstViewBytes(): Promise<number> {
  const folder = join(root, 'dist/console');
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const assets = [...page.matchAll(firstViewAssets)].map(([, path = '']) => join(folder, path));
  if (assets.length < 2) throw new Error('The page names no script or no style sheet.');
  const texts = await Promise.all(assets.map((asset) => readFile(asset)));
  return [Buffer.from(page), ...texts].reduce((sum, text) => sum + gzipSync(text).length, 0);
}
