import type { Json } from '../../../contracts/json.js';
import { OutOfSteps } from './signals.js';

/** Characters of one text, and elements of one array, that a program may put together. */
export const LONGEST_TEXT = 2 ** 25;
export const LONGEST_ARRAY = 2 ** 22;
/** Values in one result, and levels of it: whoever writes it down goes through all of them. */
export const MOST_VALUES = 2 ** 21;
export const DEEPEST = 4_000;

export function checkText(length: number): void {
  if (length > LONGEST_TEXT) throw new OutOfSteps(`built a text of more than ${LONGEST_TEXT} characters`);
}

export function checkArray(length: number): void {
  if (length > LONGEST_ARRAY) throw new OutOfSteps(`built an array of more than ${LONGEST_ARRAY} elements`);
}

/**
 * Refuses a result that only looks small: `[., .]` sixty times over is sixty arrays in memory, because they are shared,
 * and a million millions of values when it is written down.
 */
export function checkResult(value: Json): void {
  let level: readonly Json[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new OutOfSteps(`gives a result of more than ${DEEPEST} levels`);
    const next: Json[] = [];
    for (const one of level) {
      if (one === null || typeof one !== 'object') continue;
      const inner = Array.isArray(one) ? (one as readonly Json[]) : Object.values(one);
      values += inner.length;
      if (values > MOST_VALUES) throw new OutOfSteps(`gives a result of more than ${MOST_VALUES} values`);
      for (const item of inner) if (item !== null && typeof item === 'object') next.push(item);
    }
    level = next;
  }
}
