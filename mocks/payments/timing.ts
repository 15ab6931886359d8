/** Real milliseconds between taking something and working on it: callers must not expect the result in the answer. */
export const START_DELAY = 100;

/** Rounds of asking for outcomes that did not come at once; then the batch is left as it is. */
export const MOST_ROUNDS = 12;

/**
 * How often institutions may say that a credit is pending: as long as they take for those that end. Nothing in a
 * workspace comes to rest before, so a clock that is moved waits for it.
 */
export const MOST_PENDING_ANSWERS = 5;

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** Pause before the given round (counted from 1), doubling each time. */
export function pauseBefore(round: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (round - 1));
}
