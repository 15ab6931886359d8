import type { Json } from '../../contracts/json.js';

/** Far beyond any document of a building block, and far from where recursion ends. */
export const DEEPEST_NESTING = 200;

/** Whether lists and objects lie in each other deeper than a block takes. Without recursion, which is what it protects. */
export function isNestedTooDeep(value: Json | undefined): boolean {
  let level: object[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= DEEPEST_NESTING) return true;
    const below: object[] = [];
    for (const one of level)
      for (const member of Object.values(one) as unknown[])
        if (typeof member === 'object' && member !== null) below.push(member);
    level = below;
  }
  return false;
}
