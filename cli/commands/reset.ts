import { rename, stat } from 'node:fs/promises';
import { readConfig } from '../../app/config.js';
import { lockFolder } from '../../infra/embedded/folder-lock.js';

/** `sandbox reset`: sets the data folder aside (nothing is deleted); the next start begins afresh. */
export async function reset(options: { readonly data?: string; readonly json?: boolean }): Promise<void> {
  const { dataDir } = readConfig(process.env, { dataDir: options.data });
  const found = await stat(dataDir).catch(() => undefined);
  let says = `There is nothing in ${dataDir}; the next start begins afresh.`;
  let aside: string | undefined;
  if (found !== undefined) {
    // Whoever holds the lock runs; GSB-CFG-003 says so.
    const lock = await lockFolder(dataDir);
    await lock.release();
    aside = `${dataDir}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    await rename(dataDir, aside);
    says = `The data was set aside as ${aside}; the next start begins afresh.`;
  }
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ dataDir, aside: aside ?? null })}\n` : `${says}\n`,
  );
}
