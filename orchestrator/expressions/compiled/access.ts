import type { Json } from '../../../contracts/json.js';
import { charge, type Run } from './run.js';
import { Fallback, failure, vagueFailure } from './signals.js';
import { shown } from './text.js';
import {
  copyArray,
  copyObject,
  getKey,
  hasKey,
  isArray,
  isObject,
  orderedKeys,
  setKey,
  typeOf,
} from './values.js';

/** `value[key]`: null for what is missing, a failure for what cannot be indexed so. */
export function getAt(run: Run, value: Json, key: Json): Json {
  if (typeof key === 'string') {
    if (value === null) return null;
    if (typeof value === 'object' && !isArray(value)) return getKey(value, key);
  } else if (typeof key === 'number') {
    if (value === null) return null;
    if (isArray(value)) return value[arrayIndex(value, key)] ?? null;
  } else if (isArray(key) || isObject(key)) {
    throw new Fallback('an index that is an array or object');
  }
  throw failure(() => `Cannot index ${typeOf(value)} with ${shown(run, key)}`);
}

/** Negative indices count from the end; fractions are cut off towards zero. */
function arrayIndex(array: readonly Json[], key: number): number {
  const index = Math.trunc(key);
  return index < 0 ? index + array.length : index;
}

/** `value[from:to]` of an array, a string (by characters) or null. */
export function sliceOf(run: Run, value: Json, from: Json, to: Json): Json {
  if (value === null) return null;
  if (typeof value !== 'string' && !isArray(value)) {
    throw failure(() => `Cannot index ${typeOf(value)} with ${shown(run, { start: from, end: to })}`);
  }
  if ((from !== null && typeof from !== 'number') || (to !== null && typeof to !== 'number')) {
    throw failure(() => 'Array/string slice indices must be integers');
  }
  if (typeof value === 'string') {
    charge(run, value.length >> 6);
    // Without pairs of surrogates a character is a unit, and nothing need be taken apart.
    if (!PAIRS.test(value)) return cut(value, from, to);
    charge(run, value.length);
    return cut(Array.from(value), from, to).join('');
  }
  return cut(value, from, to);
}

const PAIRS = /[\ud800-\udbff]/;

function cut<Items extends string | readonly Json[]>(
  items: Items,
  from: number | null,
  to: number | null,
): Items {
  const start = Math.floor(clamp(from ?? 0, items.length));
  const end = Math.ceil(clamp(to ?? items.length, items.length));
  return items.slice(start, Math.max(start, end)) as Items;
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index < 0 ? index + length : index, 0), length);
}

/** The values that `.[]` yields. */
export function elementsOf(run: Run, value: Json): readonly Json[] {
  if (value !== null && typeof value === 'object') {
    return isArray(value) ? value : orderedKeys(run, value).map((key) => getKey(value, key));
  }
  throw failure(() => `Cannot iterate over ${shown(run, value)}`);
}

/** The keys under which `.[]` finds its values. */
export function keysOf(run: Run, value: Json): readonly (string | number)[] {
  if (value !== null && typeof value === 'object') {
    return isArray(value) ? Array.from(value.keys()) : orderedKeys(run, value);
  }
  throw failure(() => `Cannot iterate over ${shown(run, value)}`);
}

/** A copy of `value` with `key` set; null grows into what the key needs. */
export function setAt(run: Run, value: Json, key: Json, member: Json): Json {
  if (typeof key === 'string' && (value === null || (typeof value === 'object' && !isArray(value)))) {
    const draft = value === null ? {} : copyObject(run, value);
    setKey(run, draft, key, member);
    return draft;
  }
  if (typeof key === 'number' && (value === null || isArray(value))) {
    const array = value === null ? [] : copyArray(run, value);
    const index = arrayIndex(array, key);
    if (index < 0) throw failure(() => 'Out of bounds negative array index');
    if (index > array.length + 1e6) throw new Fallback('a far index');
    while (array.length < index) array.push(null);
    array[index] = member;
    return array;
  }
  if (typeof key === 'object') throw new Fallback('an index that is null, an array or an object');
  throw failure(() => `Cannot index ${typeOf(value)} with ${shown(run, key)}`);
}

/** A copy of `value` without `key`; what is not there needs no deleting. */
export function deleteAt(run: Run, value: Json, key: Json): Json {
  if (value === null) return null;
  if (typeof key === 'string' && typeof value === 'object' && !isArray(value)) {
    if (!hasKey(value, key)) return value;
    const draft = copyObject(run, value);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the draft is our own plain object
    delete draft[key];
    return draft;
  }
  if (typeof key === 'number' && isArray(value)) {
    if (!Number.isInteger(key)) throw new Fallback('a fraction as index');
    const index = arrayIndex(value, key);
    if (index < 0 || index >= value.length) return value;
    charge(run, value.length >> 4);
    return value.toSpliced(index, 1);
  }
  if (typeof key === 'object') throw new Fallback('an index that is null, an array or an object');
  throw vagueFailure(`Cannot delete a ${typeof key} key of ${typeOf(value)}`);
}
