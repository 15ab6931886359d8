import type { Json } from '../../../contracts/json.js';
import { charge, type Run } from './run.js';
import { Fallback } from './signals.js';
import { getKey, isArray, orderedKeys, typeOf } from './values.js';

/** jq's `tostring`: strings as they are, everything else as JSON. */
export function toText(run: Run, value: Json): string {
  return typeof value === 'string' ? value : toJsonText(run, value);
}

/** jq's `tojson`. Throws Fallback where the two languages spell a number or order keys in different ways. */
export function toJsonText(run: Run, value: Json): string {
  charge(run, 1);
  if (value === null) return 'null';
  if (typeof value === 'string') {
    charge(run, value.length >> 5);
    return quote(value);
  }
  if (typeof value === 'number') return numberText(run, value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (isArray(value)) return `[${value.map((item) => toJsonText(run, item)).join(',')}]`;
  const members = orderedKeys(run, value).map(
    (key) => `${quote(key)}:${toJsonText(run, getKey(value, key))}`,
  );
  return `{${members.join(',')}}`;
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

/**
 * Outside this range jq's spelling depends on whether the number is a literal or was computed (1E-7 or 1e-07),
 * which the fast path does not track.
 */
function numberText(run: Run, value: number): string {
  const size = Math.abs(value);
  if (run.oddNumbers || Object.is(value, -0) || (size !== 0 && (size < 1e-3 || size >= 1e15))) {
    throw new Fallback('the spelling of a number');
  }
  return String(value);
}

/** A value as jq's error messages show it: its type and the beginning of its JSON. */
export function shown(run: Run, value: Json): string {
  const text = toJsonText(run, value);
  // jq cuts by bytes; for anything but ASCII the place would differ.
  if (text.length > 9 && /[^\0-\u007f]/.test(text)) throw new Fallback('an excerpt of a text');
  const excerpt = text.length > 29 ? `${text.slice(0, 25)}...${text.slice(-1)}` : text;
  return `${typeOf(value)} (${excerpt})`;
}
