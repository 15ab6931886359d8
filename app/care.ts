import type { Logger } from '../contracts/logger.js';

/** What is looked after while the sandbox runs, without a restart. */
export interface Care {
  /** One round of everything, as done every minute. */
  round(): Promise<void>;
  /** A store was lost and is back: what was cut short meanwhile is mended now, not with the next round. */
  afterReturn(): void;
  /** True until that is done: somebody's work may lie between two stores, where no queue knows of it. */
  mending(): boolean;
  close(): Promise<void>;
}

const ROUND_EVERY_MS = 60_000;
/** Before what failed is tried again. */
const AGAIN_MS = 1_000;

export function createCare(deps: {
  /** Mends what a process that was killed, or a store that was away, left half done. */
  readonly mend: () => Promise<unknown>;
  /** Removes what is kept no longer. */
  readonly tidy: () => Promise<void>;
  readonly logger: Logger;
}): Care {
  const { mend, tidy, logger } = deps;
  let returns = 0;
  let mended = 0;
  let open = true;
  let mendingNow = Promise.resolve();
  let pause: { readonly timer: NodeJS.Timeout; readonly end: () => void } | undefined;

  const round = async (): Promise<void> => {
    await mend();
    await tidy();
  };
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      if (!open) {
        resolve();
        return;
      }
      const end = (): void => resolve();
      pause = { timer: setTimeout(end, AGAIN_MS), end };
    });
  const mendUntilDone = async (): Promise<void> => {
    while (open && mended < returns) {
      const seen = returns;
      try {
        await mend();
        mended = seen;
      } catch (error) {
        logger.warn({ err: error }, 'what was cut short while a store was away could not be mended yet');
        await wait();
      }
    }
  };
  const rounds = setInterval(() => {
    round().catch((error: unknown) => logger.error({ err: error }, 'looking after the runs failed'));
  }, ROUND_EVERY_MS);
  rounds.unref();

  return {
    round,
    mending: () => mended < returns,
    afterReturn: () => {
      const under = mended < returns;
      returns += 1;
      if (!under) mendingNow = mendUntilDone();
    },
    close: async () => {
      open = false;
      clearInterval(rounds);
      clearTimeout(pause?.timer);
      pause?.end();
      await mendingNow;
    },
  };
}
