import type { Json } from '../../contracts/json.js';

/** Far beyond any document of a building block, and far from where recursion ends. */
export const DEEPEST_NESTING = 200;

/** Whether lists and objects lie in each other deeper than a block takes. Without recursion, which is what it protects. */
export function isNestedTooDeep(value: Json | undefined): boolean {
  let level: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= DEEPEST_NESTING) return true;
    level = level.flatMap((one) =>
      Object.values(one).filter((member): member is object => typeof member === 'object' && member !== null),
    );
  }
  return false;
}
