import type { Clock } from '../../contracts/clock.js';
import { SandboxError } from '../../contracts/problems.js';

/** Wrong codes of one address within a minute before it is refused, right codes included. */
const MOST_WRONG = 5;
const WINDOW_MS = 60_000;
/** Each wrong code is answered later than the one before, in steps of this. */
const SLOWER_BY_MS = 200;
/** Addresses that are remembered; a classroom behind one address has one entry. */
const MOST_ADDRESSES = 10_000;

export interface JoinThrottle {
  /** Tries a code; what is `undefined` counts as wrong. GSB-REQ-005 after too many wrong ones. */
  attempt<T>(address: string, look: () => Promise<T | undefined>): Promise<T | undefined>;
}

export function createJoinThrottle(deps: {
  readonly realClock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}): JoinThrottle {
  const wrong = new Map<string, readonly number[]>();
  const recent = (address: string): readonly number[] => {
    const since = deps.realClock.now().getTime() - WINDOW_MS;
    return (wrong.get(address) ?? []).filter((at) => at > since);
  };
  return {
    attempt: async (address, look) => {
      const before = recent(address);
      const [first] = before;
      if (first !== undefined && before.length >= MOST_WRONG) {
        const retryAfter = Math.ceil((first + WINDOW_MS - deps.realClock.now().getTime()) / 1000);
        throw new SandboxError('GSB-REQ-005', {
          detail: `Too many wrong join codes came from here. Try again in ${retryAfter} seconds.`,
          extensions: { retryAfter },
        });
      }
      // Counted before it is known whether it is wrong: many at once are many.
      const at = deps.realClock.now().getTime();
      if (wrong.size >= MOST_ADDRESSES) wrong.clear();
      wrong.set(address, [...before, at]);
      const found = await look();
      if (found === undefined) await deps.pause((before.length + 1) * SLOWER_BY_MS);
      else {
        const others = [...(wrong.get(address) ?? [])];
        others.splice(others.indexOf(at), 1);
        wrong.set(address, others);
      }
      return found;
    },
  };
}
