import type { Json, JsonObject } from '../../../contracts/json.js';
import type { ArithmeticOperator, ComparisonOperator } from '../syntax/nodes.js';
import { compare, equal } from './order.js';
import { charge, type Run } from './run.js';
import { Fallback, failure } from './signals.js';
import { checkArray, checkText } from './size.js';
import { shown } from './text.js';
import { copyObject, definedKeys, finite, getKey, hasKey, isArray, isObject, setKey } from './values.js';

type Operation = (run: Run, left: Json, right: Json) => Json;

export const arithmetic: Readonly<Record<ArithmeticOperator, Operation>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
};

export const comparison: Readonly<Record<ComparisonOperator, Operation>> = {
  '==': equal,
  '!=': (run, left, right) => !equal(run, left, right),
  '<': (run, left, right) => compare(run, left, right) < 0,
  '<=': (run, left, right) => compare(run, left, right) <= 0,
  '>': (run, left, right) => compare(run, left, right) > 0,
  '>=': (run, left, right) => compare(run, left, right) >= 0,
};

export function add(run: Run, left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') return finite(left + right);
  if (left === null) return right;
  if (right === null) return left;
  if (typeof left === 'string' && typeof right === 'string') {
    charge(run, 1);
    checkText(left.length + right.length);
    return left + right;
  }
  if (isArray(left) && isArray(right)) {
    charge(run, (left.length + right.length) >> 4);
    checkArray(left.length + right.length);
    return left.concat(right);
  }
  if (isPlainObject(left) && isPlainObject(right)) {
    const sum = copyObject(run, left);
    for (const key of definedKeys(right)) setKey(run, sum, key, getKey(right, key));
    return sum;
  }
  throw unfit(run, left, right, 'added');
}

function subtract(run: Run, left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') return finite(left - right);
  if (isArray(left) && isArray(right)) {
    const scalars = scalarsOf(right);
    if (scalars !== undefined) {
      charge(run, left.length + right.length);
      return left.filter((item) => !scalars.has(item));
    }
    charge(run, left.length * right.length);
    return left.filter((item) => !right.some((other) => equal(run, item, other)));
  }
  throw unfit(run, left, right, 'subtracted');
}

/** What is compared by value in JavaScript as in jq; undefined when there is anything else. */
function scalarsOf(values: readonly Json[]): ReadonlySet<Json> | undefined {
  return values.every((value) => value === null || typeof value !== 'object') ? new Set(values) : undefined;
}

function multiply(run: Run, left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') return finite(left * right);
  if (typeof left === 'string' && typeof right === 'number') return repeatText(run, left, right);
  if (typeof left === 'number' && typeof right === 'string') return repeatText(run, right, left);
  if (isPlainObject(left) && isPlainObject(right)) return mergeDeep(run, left, right);
  throw unfit(run, left, right, 'multiplied');
}

function repeatText(run: Run, text: string, times: number): Json {
  if (times < 0) return null;
  checkText(text.length * times);
  charge(run, (text.length * times) / 8);
  return text.repeat(Math.trunc(times));
}

function mergeDeep(run: Run, left: JsonObject, right: JsonObject): Json {
  const merged = copyObject(run, left);
  for (const key of definedKeys(right)) {
    const mine = hasKey(left, key) ? getKey(left, key) : null;
    const theirs = getKey(right, key);
    const both = isPlainObject(mine) && isPlainObject(theirs);
    setKey(run, merged, key, both ? mergeDeep(run, mine, theirs) : theirs);
  }
  return merged;
}

function divide(run: Run, left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') {
    if (right === 0) throw unfit(run, left, right, 'divided because the divisor is zero');
    return finite(left / right);
  }
  if (typeof left === 'string' && typeof right === 'string') return splitText(run, left, right);
  throw unfit(run, left, right, 'divided');
}

/** Splits at every separator; an empty one gives the characters, and an empty text gives nothing. */
export function splitText(run: Run, text: string, separator: string): Json[] {
  charge(run, text.length >> 3);
  if (text === '') return [];
  return separator === '' ? Array.from(text) : text.split(separator);
}

function remainder(run: Run, left: Json, right: Json): Json {
  if (typeof left !== 'number' || typeof right !== 'number')
    throw unfit(run, left, right, 'divided (remainder)');
  const dividend = Math.trunc(left);
  const divisor = Math.trunc(right);
  if (!Number.isSafeInteger(dividend) || !Number.isSafeInteger(divisor)) throw new Fallback('large integers');
  if (divisor === 0) throw unfit(run, left, right, 'divided (remainder) because the divisor is zero');
  return (dividend % divisor) + 0;
}

export function negate(run: Run, value: Json): Json {
  if (typeof value !== 'number') throw failure(() => `${shown(run, value)} cannot be negated`);
  return -value;
}

function isPlainObject(value: Json): value is JsonObject {
  return !isArray(value) && isObject(value);
}

function unfit(run: Run, left: Json, right: Json, done: string): Error {
  return failure(() => `${shown(run, left)} and ${shown(run, right)} cannot be ${done}`);
}
