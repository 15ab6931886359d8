/** Ways to spoil a document, chosen by a generator that gives the same numbers for the same seed. */
export interface Random {
  /** A whole number below `limit`. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, pick: (from) => from[below(from.length)]! };
}

const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'do',
  'call',
  'run',
  'with',
  'until',
  'schema',
  '',
  '<<',
  'İ\u202e\u0000',
  '😀'.repeat(40),
  '~1/~0',
];
const values: readonly unknown[] = [
  null,
  true,
  '',
  '${',
  '${ . }',
  '${ $secrets.a }',
  '${ def f: f; f }',
  '${ "\\(1 | error)" }',
  'P1D',
  'govstack://payments/openapi.json',
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  0.1,
  [],
  {},
  [[[[[[]]]]]],
  { $ref: '#' },
  { type: 'nonsense', pattern: '(' },
  'x'.repeat(5_000),
  '\uD800',
  { __proto__: null, polluted: true },
];

type Spot = { holder: Record<string, unknown> | unknown[]; key: string | number };

function spotsOf(value: unknown): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value)
    ? value.map((_, key): Spot => ({ holder: value, key }))
    : Object.keys(value).map((key): Spot => ({ holder: value as Record<string, unknown>, key }));
  return own.flatMap((spot) => [spot, ...spotsOf((spot.holder as Record<string, unknown>)[spot.key])]);
}

const set = ({ holder, key }: Spot, value: unknown): void =>
  void Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
const get = ({ holder, key }: Spot): unknown => (holder as Record<string, unknown>)[key];

/** Changes the value in place. */
export function spoilValue(document: unknown, random: Random): void {
  const spots = spotsOf(document);
  if (spots.length === 0) return;
  const spot = random.pick(spots);
  switch (random.below(7)) {
    case 0:
      if (Array.isArray(spot.holder)) spot.holder.splice(Number(spot.key), 1);
      else Reflect.deleteProperty(spot.holder, spot.key);
      return;
    case 1: {
      const value = structuredClone(get(spot));
      if (Array.isArray(spot.holder)) spot.holder.splice(Number(spot.key), 0, value);
      else set({ holder: spot.holder, key: `${spot.key}2` }, value);
      return;
    }
    case 2: {
      if (Array.isArray(spot.holder)) return;
      const value = get(spot);
      Reflect.deleteProperty(spot.holder, spot.key);
      set({ holder: spot.holder, key: random.pick(keys) }, value);
      return;
    }
    case 3:
      set(spot, structuredClone(random.pick(values)));
      return;
    case 4: {
      let nested: unknown = get(spot);
      for (let depth = random.below(150); depth > 0; depth -= 1)
        nested = random.below(2) === 0 ? [nested] : { do: nested };
      set(spot, nested);
      return;
    }
    case 5:
      set(spot, structuredClone(get(random.pick(spots))));
      return;
    default:
      if (!Array.isArray(spot.holder))
        set({ holder: spot.holder, key: random.pick(keys) }, structuredClone(random.pick(values)));
  }
}

/** Changes the text. */
export function spoilText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.below(40));
    case 2:
      return text.slice(0, at) + String.fromCharCode(random.below(0x10000)) + text.slice(at);
    case 3:
      return (
        text.slice(0, at) +
        random.pick([
          '\t',
          '*a',
          '&a ',
          '<<: ',
          '[',
          '{',
          '"',
          "'",
          '| ',
          '%YAML 1.1\n',
          '!!js/function ',
          '!!binary ',
          ': ',
          '- ',
          '#',
        ]) +
        text.slice(at)
      );
    case 4: {
      const bytes = Array.from({ length: random.below(40) }, () => random.below(256));
      return text.slice(0, at) + String.fromCharCode(...bytes) + text.slice(at);
    }
    default: {
      const lines = text.split('\n');
      lines.splice(random.below(lines.length), 1 + random.below(3), random.pick(lines));
      return lines.join('\n');
    }
  }
}
