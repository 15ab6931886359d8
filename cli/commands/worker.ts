import { readConfig } from '../../app/config.js';
import { startWorker } from '../../app/worker.js';
import { createRealClock } from '../real-clock.js';
import { createTerminalLogger } from '../terminal-logger.js';

/** `sandbox worker`: advances runs beside a `sandbox up` on the same services, until it is told to stop. */
export async function worker(options: { readonly json?: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const logger = createTerminalLogger(config.logLevel);
  const stop = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const running = await startWorker({ config, logger, realClock: createRealClock() });
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ worker: 'ready', server: config.serverUrl, concurrency: config.concurrency })}\n`
      : `A worker of the sandbox at ${config.serverUrl} is ready: ${config.concurrency} runs at once. Press Ctrl+C to stop.\n`,
  );
  await stop;
  await running.close();
}
