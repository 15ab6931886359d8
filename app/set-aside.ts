import { rename, stat } from 'node:fs/promises';
import { lockFolder } from '../infra/embedded/folder-lock.js';

/**
 * Renames a data folder, so that the next start begins afresh and nothing is lost. Undefined when there is none;
 * GSB-CFG-003 while a running sandbox uses it.
 */
export async function setAside(dataDir: string, now: Date): Promise<string | undefined> {
  if ((await stat(dataDir).catch(() => undefined)) === undefined) return undefined;
  const lock = await lockFolder(dataDir);
  await lock.release();
  const aside = `${dataDir}.${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(dataDir, aside);
  return aside;
}
