import { randomBytes } from 'node:crypto';
import type { Clock } from '../contracts/clock.js';
import type { Ids } from '../contracts/ids.js';

/** Identifiers that sort by the time they were made: `prefix-<time><random>`. */
export function createIds(clock: Clock): Ids {
  let last = 0;
  return {
    next: (prefix) => {
      last = Math.max(last + 1, clock.now().getTime() * 1000);
      return `${prefix}-${last.toString(36)}${randomBytes(5).toString('hex')}`;
    },
  };
}
