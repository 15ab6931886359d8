import type { Logger } from '../../../contracts/logger.js';
import { isMongoAway } from '../../store-guard.js';

/** For so long every operation must have failed before the driver itself is doubted, in milliseconds. */
const SILENT_MS = 60_000;

export interface RevivalDeps {
  /** Whether the server answers a connection of its own, made for this question. */
  readonly answersOthers: () => Promise<boolean>;
  /** Gives the driver's connections up and makes new ones. */
  readonly reconnect: () => Promise<void>;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  readonly logger: Logger;
  readonly silentMs?: number;
}

/** Does work of the store, and notices when none succeeds any more. Work waits while a reconnection is under way. */
export interface Revival {
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
  /** Until a reconnection that has begun is over. */
  readonly settled: () => Promise<void>;
}

/**
 * Once, after its server had been started again, the driver made no attempt any more to reach it, while other processes
 * did. So when nothing has succeeded for a while, a connection of its own asks the server; if that is answered, the
 * fault lies with the driver, which then begins anew. An outage of the server changes nothing.
 */
export function createRevival({
  answersOthers,
  reconnect,
  now,
  logger,
  silentMs = SILENT_MS,
}: RevivalDeps): Revival {
  let silentSince: number | undefined;
  let reviving: Promise<void> | undefined;

  async function revive(): Promise<void> {
    if (!(await answersOthers())) return;
    logger.warn({ silentMs }, 'The document server answers, but not this process: connecting anew');
    await reconnect();
    logger.info({}, 'Connected to the document server anew');
  }

  function failed(): void {
    silentSince ??= now();
    if (reviving !== undefined || now() - silentSince < silentMs) return;
    reviving = revive()
      .catch((error: unknown) => logger.warn({ err: error }, 'Could not connect to the document server anew'))
      .finally(() => {
        reviving = undefined;
        silentSince = undefined;
      });
  }

  return {
    during: async (work) => {
      // What comes while the connections change would only fail.
      await reviving;
      try {
        const result = await work();
        silentSince = undefined;
        return result;
      } catch (error) {
        if (isMongoAway(error)) failed();
        else silentSince = undefined;
        throw error;
      }
    },
    settled: async () => reviving,
  };
}
