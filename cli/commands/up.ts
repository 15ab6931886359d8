import { lanAddress } from '../share/lan-address.js';
import { shareNotice } from '../share/share-notice.js';
import { paint } from '../paint.js';
import { readConfig } from '../../app/config.js';
import { playLive } from '../live/play-live.js';
import { demoOf } from '../demo-of.js';
import { openSession, trainerOf } from '../session.js';
import { stopped } from '../stopped.js';
import { stopOnSignals } from '../stop-on-signals.js';
import { newsLine, writeNewsAsJson, type UseCaseNews } from '../use-case-news.js';
import { createTerminalLogger } from '../terminal-logger.js';

export interface UpOptions {
  readonly port?: number;
  readonly data?: string;
  /** Absent: on the first start only. */
  readonly demo?: boolean;
  readonly exit?: boolean;
  /** Load use cases again when their files change. */
  readonly watch?: boolean;
  /** Lets others on this network in. */
  readonly share?: boolean;
  readonly json?: boolean;
}

/** `sandbox up`: starts, plays the demo on the first start, and stays up until it is told to stop. */
export async function up(options: UpOptions): Promise<void> {
  const share = options.share === true ? lanAddress() : undefined;
  const config = readConfig(process.env, { port: options.port, dataDir: options.data, share });
  const logger = createTerminalLogger(config.logLevel);
  const begun = performance.now();
  const write =
    options.json === true
      ? (): void => undefined
      : (line: string): void => void process.stdout.write(`${line}\n`);
  const watch = options.json === true ? writeNewsAsJson : (news: UseCaseNews): void => write(newsLine(news));
  const session = await openSession(config, logger, undefined, options.watch === true ? watch : undefined);
  const { sandbox } = session;
  write(
    `${paint('bold', 'GovStack sandbox')} on ${paint('cyan', sandbox.publicUrl)} ${paint('gray', `(started in ${Math.round(performance.now() - begun)} ms; training, not real)`)}`,
  );
  if (config.mongodbUri === undefined)
    write(paint('gray', `  Data in ${config.dataDir} (another folder: --data)`));
  if (options.share === true) {
    if (options.json === true) process.stdout.write(`${JSON.stringify({ shared: sandbox.publicUrl })}\n`);
    else write(shareNotice({ publicUrl: sandbox.publicUrl, keycloak: config.keycloakUrl !== undefined }));
  }
  if (sandbox.recovered > 0)
    write(`  Picked up ${sandbox.recovered} runs where the last stop had left them.`);
  const stop = stopOnSignals();
  try {
    if (options.demo ?? sandbox.fresh) await demo();
    if (options.exit === true) return;
    if (options.watch === true) write(paint('gray', '  Watching usecases/: what changes is loaded again.'));
    write(paint('gray', '  Press Ctrl+C to stop. Everything is kept; the next start goes on from here.'));
    await stop.asked;
    await stopped(sandbox.drain(), () => session.close(), config.drainMs);
  } finally {
    await session.close();
  }

  async function demo(): Promise<void> {
    const { useCase, scenario } = demoOf(await sandbox.countries.useCases(session.workspace));
    const result = await playLive({
      session,
      useCase,
      scenario,
      trainer: trainerOf(useCase.personas),
      stays: options.exit !== true,
      write,
    });
    if (options.json === true)
      process.stdout.write(`${JSON.stringify({ scenario: scenario.name, ok: true, ...result })}\n`);
  }
}
