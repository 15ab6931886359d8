import { readConfig } from '../../app/config.js';
import { setAside } from '../../app/set-aside.js';
import { createRealClock } from '../real-clock.js';
import { workspaceNamed } from '../access.js';
import { createTrainer } from '../trainer.js';

export interface ResetOptions {
  readonly data?: string;
  /** A workspace of a running sandbox; SANDBOX_WORKSPACE when absent. */
  readonly workspace?: string;
  /** A country pack in which the workspace begins anew; it stays where it is when absent. */
  readonly country?: string;
  readonly url?: string;
  readonly json?: boolean;
}

/**
 * `sandbox reset`: sets the data folder aside (nothing is deleted); the next start begins afresh. With a workspace or
 * a country it empties and seeds that workspace anew, in the running sandbox.
 */
export async function reset(options: ResetOptions): Promise<void> {
  const { country } = options;
  const named = options.workspace ?? process.env['SANDBOX_WORKSPACE'] ?? '';
  if (named !== '' || country !== undefined) {
    const workspace = workspaceNamed(named);
    const { api } = await createTrainer({ url: options.url, workspace });
    await api.post('/reset', country === undefined ? {} : { country });
    say(options, { workspace, reset: true }, `The workspace ${workspace} is as new.`);
    return;
  }
  const { dataDir } = readConfig(process.env, { dataDir: options.data });
  const aside = await setAside(dataDir, createRealClock().now());
  const says = aside === undefined ? `There is nothing in ${dataDir}` : `The data was set aside as ${aside}`;
  say(options, { dataDir, aside: aside ?? null }, `${says}; the next start begins afresh.`);
}

function say({ json }: ResetOptions, data: object, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${text}\n`);
}
