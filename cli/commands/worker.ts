import { readConfig } from '../../app/config.js';
import { startWorker } from '../../app/worker.js';
import { createRealClock } from '../real-clock.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { stopped } from '../stopped.js';
import { createTerminalLogger } from '../terminal-logger.js';

export interface WorkerCommandOptions {
  readonly metricsPort?: number;
  readonly metricsHost?: string;
  readonly json?: boolean;
}

/** `sandbox worker`: advances runs beside a `sandbox up` on the same services, until it is told to stop. */
export async function worker(options: WorkerCommandOptions): Promise<void> {
  const config = readConfig(process.env);
  const logger = createTerminalLogger(config.logLevel);
  const stop = stopOnSignals();
  const { metricsPort: port, metricsHost: host = '127.0.0.1' } = options;
  const running = await startWorker({
    config,
    logger,
    realClock: createRealClock(),
    ...(port === undefined ? {} : { watch: { port, host } }),
  });
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ worker: 'ready', server: config.serverUrl, concurrency: config.concurrency, ...(running.watchedAt && { metrics: running.watchedAt }) })}\n`
      : `A worker of the sandbox at ${config.serverUrl} is ready: ${config.concurrency} runs at once. Press Ctrl+C to stop.\n`,
  );
  await stop.asked;
  await stopped(running.drain(), () => running.close(), config.drainMs);
  await running.close();
}
