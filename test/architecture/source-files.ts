import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The rooms whose imports are checked; `npm run imports` names the same ones. */
export const ROOMS = ['contracts', 'orchestrator', 'mocks', 'app', 'cli', 'infra', 'console/src'];

/** Every file below a folder of the project, as a path from the root with forward slashes. */
export async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/'));
}

/** Every TypeScript file of the rooms. */
export async function roomSources(): Promise<readonly string[]> {
  return (await Promise.all(ROOMS.map(filesUnder))).flat().filter((path) => /\.tsx?$/.test(path));
}
