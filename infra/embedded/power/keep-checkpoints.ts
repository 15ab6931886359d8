import type { Logger } from '../../../contracts/logger.js';
import type { EmbeddedDatabase } from '../database.js';
import { takeCheckpoint, type TakenCheckpoint } from './take-checkpoint.js';

export interface CheckpointKeeper {
  /** Takes one now, unless nothing was written since the last; undefined then. */
  take(): Promise<TakenCheckpoint | undefined>;
  /** Waits for the one in hand; no more are taken. */
  close(): Promise<void>;
}

/** The first soon after the start, so that there is one; not at once, because starting has much to do. */
const FIRST_AFTER_MS = 5_000;

/** Takes a checkpoint every so often. One that fails is reported, and the next is tried at its time. */
export function keepCheckpoints(
  database: EmbeddedDatabase,
  dataDir: string,
  everyMs: number,
  logger: Logger,
): CheckpointKeeper {
  let position: string | undefined;
  let inHand: Promise<TakenCheckpoint | undefined> = Promise.resolve(undefined);
  let closed = false;

  async function takeNow(): Promise<TakenCheckpoint | undefined> {
    if (closed) return undefined;
    const { rows } = await database.query<{ position: string }>(
      'SELECT pg_current_wal_insert_lsn()::text AS position',
    );
    if (position !== undefined && rows[0]?.position === position) return undefined;
    const taken = await takeCheckpoint(database, dataDir);
    position = taken.position;
    logger.debug({ ...taken }, 'checkpoint');
    return taken;
  }

  const take = (): Promise<TakenCheckpoint | undefined> => {
    inHand = inHand.catch(() => undefined).then(takeNow);
    return inHand;
  };
  const takeQuietly = (): void => {
    take().catch((error: unknown) => {
      if (!closed) logger.error({ err: error }, 'no checkpoint could be taken: a power cut would lose more');
    });
  };
  const first = setTimeout(takeQuietly, Math.min(FIRST_AFTER_MS, everyMs));
  const every = setInterval(takeQuietly, everyMs);
  first.unref();
  every.unref();
  return {
    take,
    close: async () => {
      closed = true;
      clearTimeout(first);
      clearInterval(every);
      await inHand.catch(() => undefined);
    },
  };
}
