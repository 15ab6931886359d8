import type { Json, JsonObject } from '../../../contracts/json.js';
import { charge, type Run } from './run.js';
import { definedKeys, getKey, hasKey, isArray, isObject } from './values.js';

function rank(value: Json): number {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  if (typeof value === 'number') return 3;
  if (typeof value === 'string') return 4;
  return isArray(value) ? 5 : 6;
}

/** jq's total order: null, false, true, numbers, strings, arrays, objects (by their sorted keys, then by value). */
export function compare(run: Run, left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
  const difference = rank(left) - rank(right);
  if (difference !== 0) return difference;
  if (isArray(left) && isArray(right)) return compareArrays(run, left, right);
  if (isObject(left) && isObject(right)) return compareObjects(run, left, right);
  return 0;
}

function compareArrays(run: Run, left: readonly Json[], right: readonly Json[]): number {
  const shared = Math.min(left.length, right.length);
  charge(run, shared);
  for (let index = 0; index < shared; index += 1) {
    const difference = compare(run, left[index] ?? null, right[index] ?? null);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareObjects(run: Run, left: JsonObject, right: JsonObject): number {
  const keys = sortedKeys(run, left);
  const difference = compareArrays(run, keys, sortedKeys(run, right));
  if (difference !== 0) return difference;
  for (const key of keys) {
    const between = compare(run, getKey(left, key), getKey(right, key));
    if (between !== 0) return between;
  }
  return 0;
}

export function sortedKeys(run: Run, object: JsonObject): string[] {
  const keys = definedKeys(object);
  charge(run, keys.length);
  return keys.sort(compareStrings);
}

/** By code point, as UTF-8 sorts; JavaScript's own order differs for characters beyond the basic plane. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return codePointWeight(a) - codePointWeight(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for characters above U+FFFF, so they sort after every other code unit. */
function codePointWeight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

export function equal(run: Run, left: Json, right: Json): boolean {
  if (left === right) return true;
  if (isArray(left) && isArray(right)) {
    charge(run, left.length);
    return (
      left.length === right.length && left.every((item, index) => equal(run, item, right[index] ?? null))
    );
  }
  if (isArray(left) || isArray(right) || !isObject(left) || !isObject(right)) return false;
  const keys = definedKeys(left);
  charge(run, keys.length);
  return (
    keys.length === definedKeys(right).length &&
    keys.every((key) => hasKey(right, key) && equal(run, getKey(left, key), getKey(right, key)))
  );
}

export interface Keyed {
  readonly key: Json;
  readonly value: Json;
}

/** Sorts by key and keeps the order of equals. */
export function sortKeyed(run: Run, items: readonly Keyed[]): Keyed[] {
  charge(run, items.length * Math.max(1, Math.ceil(Math.log2(items.length + 1))));
  return items.slice().sort((left, right) => compare(run, left.key, right.key));
}

/** Groups of equal keys, in the order of the keys. */
export function groupKeyed(run: Run, items: readonly Keyed[]): Json[][] {
  const groups: Json[][] = [];
  let previous: Keyed | undefined;
  for (const item of sortKeyed(run, items)) {
    const group = groups.at(-1);
    if (group !== undefined && previous !== undefined && equal(run, previous.key, item.key))
      group.push(item.value);
    else groups.push([item.value]);
    previous = item;
  }
  return groups;
}
