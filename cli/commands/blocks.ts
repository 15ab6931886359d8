import { startBlockProcess } from '../../app/block-process.js';
import { readConfig } from '../../app/config.js';
import { createRealClock } from '../real-clock.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { createTerminalLogger } from '../terminal-logger.js';

const DEFAULT_PORT = 4001;

/** `sandbox blocks`: the building blocks of a `sandbox up` on the same services, in a process of their own. */
export async function blocks(options: { readonly port?: number; readonly json?: boolean }): Promise<void> {
  const port = options.port ?? (process.env['PORT'] === undefined ? DEFAULT_PORT : undefined);
  const config = readConfig(process.env, { port });
  const stop = stopOnSignals();
  const running = await startBlockProcess({
    config,
    logger: createTerminalLogger(config.logLevel),
    realClock: createRealClock(),
  });
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ blocks: 'ready', url: running.origin, server: config.serverUrl })}\n`
      : `The building blocks of the sandbox at ${config.serverUrl} are ready on ${running.origin}. Press Ctrl+C to stop.\n`,
  );
  await stop.asked;
  await running.close();
}
