import type { Clock } from '../contracts/clock.js';

export function createRealClock(): Clock {
  return { now: () => new Date() };
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
