import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { charge, type Run } from './run.js';
import { Fallback } from './signals.js';

type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** An object under construction. */
export type Draft = Record<string, Json>;

const indexLike = /^(?:0|[1-9][0-9]{0,9})$/;

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
  return isJsonObject(value);
}

export function typeOf(value: Json): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'string';
  return isArray(value) ? 'array' : 'object';
}

export function truthy(value: Json): boolean {
  return value !== null && value !== false;
}

/** Reads a key; null when it is missing. Names that every JavaScript object inherits are no keys. */
export function getKey(object: JsonObject, key: string): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

export function hasKey(object: JsonObject, key: string): boolean {
  return Object.hasOwn(object, key) && object[key] !== undefined;
}

/** Sets a key that may be new to the object. */
export function setKey(run: Run, draft: Draft, key: string, value: Json): void {
  if (indexLike.test(key) && !Object.hasOwn(draft, key)) run.numericKeys = true;
  keepKey(draft, key, value);
}

/** Sets a key where the order of keys is known to be right, as in a copy. */
export function keepKey(draft: Draft, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(draft, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    draft[key] = value;
  }
}

/** The keys in jq's order, which is the order of insertion. Throws Fallback where JavaScript may have changed it. */
export function orderedKeys(run: Run, object: JsonObject): string[] {
  const keys = definedKeys(object);
  if (run.numericKeys && keys.length > 1 && keys.some((key) => indexLike.test(key))) {
    throw new Fallback('the order of numeric keys');
  }
  return keys;
}

/** The keys in any order, without members that are undefined (they are not part of the JSON). */
export function definedKeys(object: JsonObject): string[] {
  const keys = Object.keys(object);
  for (const key of keys) {
    if (object[key] === undefined) return keys.filter((name) => object[name] !== undefined);
  }
  return keys;
}

export function copyObject(run: Run, object: JsonObject): Draft {
  const keys = definedKeys(object);
  charge(run, keys.length);
  const draft: Draft = {};
  for (const key of keys) keepKey(draft, key, object[key] ?? null);
  return draft;
}

export function copyArray(run: Run, array: readonly Json[]): Json[] {
  charge(run, array.length >> 4);
  return array.slice();
}

/** A number that JSON can carry; jq clamps the others when it prints them, so they are left to the reference. */
export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Fallback('a number beyond JSON');
  return value;
}
