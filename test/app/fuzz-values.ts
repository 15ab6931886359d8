/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Fuzz {
  readonly pick: <T>(from: readonly T[]) => T;
  readonly chance: (share: number) => boolean;
  /** JSON text of anything: all types, nested, with odd names and texts. */
  readonly json: (depth?: number) => string;
  readonly text: () => string;
}

const texts = [
  '',
  ' ',
  'x',
  'approve',
  '1.0',
  'org.example.flood',
  '__proto__',
  'constructor',
  '${ .data }',
  "'; DROP TABLE tasks; --",
  '<script>alert(1)</script>',
  '../../../etc/passwd',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u200b\ufeff',
  'ስም',
  'عمر',
  '👩‍👩‍👧‍👦',
  'é'.normalize('NFD'),
  'ﷺ'.repeat(50),
  'a'.repeat(1_001),
  'a'.repeat(5_000),
  '2026-01-05T09:00:00Z',
  '-0',
  'NaN',
];
const scalars = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '1e308',
  '-1e-308',
  '123456789012345678901234567890',
  '0.1',
];
const names = [
  'id',
  'type',
  'source',
  'specversion',
  'data',
  'decision',
  'note',
  'to',
  'event',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'a.b',
  '$ref',
  '\u0000',
  '\ud800',
];

export function createFuzz(random: () => number): Fuzz {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const chance = (share: number): boolean => random() < share;
  const text = (): string => (chance(0.7) ? pick(texts) : pick(texts) + pick(texts));
  const json = (depth = 3): string => {
    const kind = random();
    if (depth === 0 || kind < 0.35) return JSON.stringify(text());
    if (kind < 0.6) return pick(scalars);
    const size = Math.floor(random() * 4);
    if (kind < 0.75) return `[${Array.from({ length: size }, () => json(depth - 1)).join(',')}]`;
    const members = Array.from({ length: size }, () => `${JSON.stringify(pick(names))}:${json(depth - 1)}`);
    return `{${members.join(',')}}`;
  };
  return { pick, chance, json, text };
}
