import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../cli/cohort/random.js';

/** Something that can be killed as `kill -9` does it, and started again. */
export interface Victim {
  readonly name: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface Restart {
  readonly victim: string;
  readonly milliseconds: number;
}

export interface RandomKills {
  /** How often it was killed so far. */
  count(): number;
  /** Milliseconds from each kill until it was ready again. */
  restarts(): readonly Restart[];
  /** Lets it live on from now; throws when a restart failed. */
  stop(): Promise<void>;
}

/** Kills and restarts one of the victims again and again, each time after another while, at most `most` times. */
export function killAgainAndAgain(
  victims: readonly Victim[],
  chance: Chance,
  [shortest, longest]: readonly [number, number],
  most: number,
  onKill: (count: number, victim: string) => void,
): RandomKills {
  const restarts: Restart[] = [];
  const abort = new AbortController();
  let failure: unknown;
  const killing = (async () => {
    while (restarts.length < most) {
      await pause(chance.whole(shortest, longest), undefined, { signal: abort.signal });
      // In turn, so that each of them gets its share.
      const victim = victims[restarts.length % victims.length];
      if (victim === undefined) return;
      onKill(restarts.length + 1, victim.name);
      const begun = performance.now();
      await victim.kill();
      await victim.start();
      restarts.push({ victim: victim.name, milliseconds: Math.round(performance.now() - begun) });
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
