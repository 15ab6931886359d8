import type { Path } from './path.js';

/** What a document may take: characters of its text, aliases, values after its aliases are followed, levels of nesting. */
export interface Limits {
  readonly characters: number;
  readonly aliases: number;
  readonly values: number;
  readonly depth: number;
}

export const documentLimits: Limits = { characters: 1_000_000, aliases: 1_000, values: 200_000, depth: 100 };
/** Seeds are data for whole registries. */
export const seedLimits: Limits = { characters: 20_000_000, aliases: 1_000, values: 5_000_000, depth: 100 };

export type Excess =
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-deep'; readonly path: Path }
  | { readonly kind: 'no-json-value'; readonly path: Path; readonly value: string }
  | { readonly kind: 'reserved-key'; readonly path: Path };

/**
 * The first things about a parsed value that nobody beyond may meet: more values than allowed (aliases of aliases),
 * nesting without end (an alias within itself), numbers that JSON lacks, `__proto__` as a key.
 */
export function excessesOf(value: unknown, limits: Limits): readonly Excess[] {
  const found: Excess[] = [];
  let values = 0;
  const walk = (at: unknown, path: Path): boolean => {
    values += 1;
    if (values > limits.values) {
      found.push({ kind: 'too-large' });
      return false;
    }
    if (path.length > limits.depth) {
      found.push({ kind: 'too-deep', path });
      return false;
    }
    if (!isPlain(at)) found.push({ kind: 'no-json-value', path, value: String(at) });
    if (typeof at !== 'object' || at === null) return true;
    if (Array.isArray(at)) return at.every((item, index) => walk(item, [...path, index]));
    return Object.entries(at).every(([key, member]) => {
      if (key === '__proto__') found.push({ kind: 'reserved-key', path: [...path, key] });
      return walk(member, [...path, key]);
    });
  };
  walk(value, []);
  return found;
}

function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object': {
      if (value === null || Array.isArray(value)) return true;
      const prototype: unknown = Object.getPrototypeOf(value);
      return prototype === Object.prototype || prototype === null;
    }
    default:
      return false;
  }
}
