import { readConfig } from '../../app/config.js';
import { startMockServer } from '../../app/mock-server.js';
import { blockIds, type BlockId } from '../../contracts/block.js';
import { entryLine } from '../entry-line.js';
import { paint } from '../paint.js';
import { createRealClock } from '../real-clock.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { createTerminalLogger } from '../terminal-logger.js';

export interface MockOptions {
  readonly port: number;
  readonly host: string;
  /** Name of the block's seeds. */
  readonly seed?: string;
  /** Prints a line for each request. */
  readonly journal?: boolean;
  readonly json?: boolean;
}

/**
 * `sandbox mock`: serves one building block at the root path until it is told to stop, without sign-in and in memory.
 * Exit code 2 for a block that there is not.
 */
export async function mock(block: string, options: MockOptions): Promise<void> {
  const id = blockIds.find((known) => known === block);
  if (id === undefined) {
    refuse(block, options);
    return;
  }
  const stop = stopOnSignals();
  try {
    await serve(id, options, stop.asked);
  } finally {
    stop.forget();
  }
}

async function serve(id: BlockId, options: MockOptions, asked: Promise<void>): Promise<void> {
  const server = await startMockServer({
    block: id,
    port: options.port,
    host: options.host,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    realClock: createRealClock(),
    logger: createTerminalLogger('warn'),
    callbackHosts: readConfig(process.env).outboundHosts,
    ...(options.journal === true
      ? { onRequest: (entry) => process.stdout.write(entryLine(entry, options.json)) }
      : {}),
  });
  try {
    const { origin, title } = server;
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify(startRecord(id, origin, options.seed))}\n`
        : [
            `${paint('bold', title)} on ${paint('cyan', origin)} ${paint('gray', '(training mock, in memory)')}`,
            `  Pages ${origin}/docs, contract ${origin}/openapi.json, ${options.seed === undefined ? 'empty: --seed fills it' : `seeds ${options.seed}`}`,
            `${paint('gray', '  Press Ctrl+C to stop. Nothing is kept.')}\n`,
          ].join('\n'),
    );
    await asked;
  } finally {
    await server.close();
  }
}

function startRecord(block: BlockId, url: string, seed: string | undefined): object {
  const docs = { docs: `${url}/docs`, openapi: `${url}/openapi.json` };
  return { block, url, ...docs, ...(seed === undefined ? {} : { seed }) };
}

function refuse(block: string, { json }: MockOptions): void {
  process.exitCode = 2;
  const detail = `There is no building block ${block}. There are: ${blockIds.join(', ')}.`;
  if (json === true) process.stdout.write(`${JSON.stringify({ error: { detail } })}\n`);
  else process.stderr.write(`${detail}\n→ Name one of these.\n`);
}
