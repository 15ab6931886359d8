import { randomFillSync } from 'node:crypto';
import type { Clock } from '../contracts/clock.js';
import type { Ids } from '../contracts/ids.js';

const RANDOM_BYTES = 5;
/** Each asking of the system for random bytes costs as much as a whole identifier, so they are fetched in stock. */
const IDS_IN_STOCK = 256;

/** Identifiers that sort by the time they were made: `prefix-<time><random>`. */
export function createIds(clock: Clock): Ids {
  let last = 0;
  const stock = Buffer.alloc(RANDOM_BYTES * IDS_IN_STOCK);
  let used = stock.length;
  const random = (): string => {
    if (used === stock.length) {
      randomFillSync(stock);
      used = 0;
    }
    used += RANDOM_BYTES;
    return stock.toString('hex', used - RANDOM_BYTES, used);
  };
  return {
    next: (prefix) => {
      last = Math.max(last + 1, clock.now().getTime() * 1000);
      return `${prefix}-${last.toString(36)}${random()}`;
    },
  };
}
