import { readConfig } from '../../app/config.js';
import { setAside } from '../../app/set-aside.js';
import { createRealClock } from '../real-clock.js';

/** `sandbox reset`: sets the data folder aside (nothing is deleted); the next start begins afresh. */
export async function reset(options: { readonly data?: string; readonly json?: boolean }): Promise<void> {
  const { dataDir } = readConfig(process.env, { dataDir: options.data });
  const aside = await setAside(dataDir, createRealClock().now());
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ dataDir, aside: aside ?? null })}\n`);
    return;
  }
  const says = aside === undefined ? `There is nothing in ${dataDir}` : `The data was set aside as ${aside}`;
  process.stdout.write(`${says}; the next start begins afresh.\n`);
}
