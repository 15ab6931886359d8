import { DEFAULT_COUNTRY, type Country } from '../../../contracts/country.js';

/** Says what was written for the default country as another country says it. */
export interface Wording {
  /** The value with its words exchanged; the very same value in the default country. Keys, ids and codes stay. */
  readonly of: <T>(value: T) => T;
}

type Exchange = (text: string) => string;

/** `home` is the default country: its currency and its telephone numbers are what is exchanged. */
export function createWording(country: Country, home: Country): Wording {
  if (country.id === DEFAULT_COUNTRY) return { of: (value) => value };
  const names = exchange({ ...country.names, [home.currency]: country.currency });
  const sentences = exchange({ ...country.places, ...country.words });
  const exact = new Map(Object.entries(country.exactNames));
  const begins = new RegExp(`(?<![\\d+])${literal(home.phonePrefix)}(?=\\d)`, 'g');
  const say: Exchange = (text) => {
    const named = exact.get(text) ?? names(text).replace(begins, country.phonePrefix);
    return isSentence(named) ? sentences(named) : named;
  };
  const told = new WeakMap<object, unknown>();
  const of = (value: unknown): unknown => {
    if (typeof value === 'string') return say(value);
    if (typeof value !== 'object' || value === null) return value;
    const known = told.get(value);
    if (known !== undefined) return known;
    const said = Array.isArray(value)
      ? value.map(of)
      : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, of(part)]));
    told.set(value, said);
    return said;
  };
  return { of: <T>(value: T): T => of(value) as T };
}

/** A single word may be a code (`coast`), and an expression may name one. */
function isSentence(text: string): boolean {
  return text.includes(' ') && !text.includes('${');
}

/** Whole words, the longest first. Arabic writes short words such as "and" or "to" together with what follows. */
function exchange(words: Readonly<Record<string, string>>): Exchange {
  const known = Object.keys(words).sort((one, other) => other.length - one.length);
  if (known.length === 0) return (text) => text;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}_])([وفبلك]{0,2})(${known.map(literal).join('|')})(?![\\p{L}\\p{M}\\p{N}_])`,
    'gu',
  );
  return (text) =>
    text.replace(pattern, (_all, before: string, word: string) => before + (words[word] ?? word));
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
