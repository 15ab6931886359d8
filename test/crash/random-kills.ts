import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../cli/cohort/random.js';
import type { SandboxProcess } from './sandbox-process.js';

export interface RandomKills {
  /** How often it was killed so far. */
  count(): number;
  /** Milliseconds from each kill until it was ready again. */
  restarts(): readonly number[];
  /** Lets it live on from now; throws when a restart failed. */
  stop(): Promise<void>;
}

/** Kills and restarts the process again and again, each time after another while, at most `most` times. */
export function killAgainAndAgain(
  sandbox: SandboxProcess,
  chance: Chance,
  [shortest, longest]: readonly [number, number],
  most: number,
  onKill: (count: number) => void,
): RandomKills {
  const restarts: number[] = [];
  const abort = new AbortController();
  let failure: unknown;
  const killing = (async () => {
    while (restarts.length < most) {
      await pause(chance.whole(shortest, longest), undefined, { signal: abort.signal });
      onKill(restarts.length + 1);
      const begun = performance.now();
      await sandbox.kill();
      await sandbox.start();
      restarts.push(Math.round(performance.now() - begun));
    }
  })().catch((error: unknown) => {
    if (!abort.signal.aborted || (error instanceof Error && error.name !== 'AbortError')) failure = error;
  });
  return {
    count: () => restarts.length,
    restarts: () => restarts,
    stop: async () => {
      abort.abort();
      await killing;
      if (failure !== undefined)
        throw failure instanceof Error ? failure : new Error('killing failed', { cause: failure });
    },
  };
}
