import type { Json } from '../../../contracts/json.js';
import { withArgument } from '../compiled/combine.js';
import { equal, sortedKeys } from '../compiled/order.js';
import { getPath } from '../compiled/paths.js';
import { charge, type Run } from '../compiled/run.js';
import { Fallback, failure } from '../compiled/signals.js';
import { shown } from '../compiled/text.js';
import { definedKeys, getKey, hasKey, isArray, isObject, orderedKeys, typeOf } from '../compiled/values.js';
import { ofArgument, ofFilter, ofInput, type BuiltinGroup } from './builtin.js';

/** What arrays and objects hold. */
export const containerBuiltins: BuiltinGroup = {
  'length/0': ofInput(lengthOf),
  'keys/0': ofInput((run, input) => keysOf(run, input, sortedKeys)),
  'keys_unsorted/0': ofInput((run, input) => keysOf(run, input, orderedKeys)),
  'has/1': ofArgument(has),
  'in/1': ofArgument((run, input, container) => has(run, container, input)),
  'contains/1': ofArgument(contains),
  'inside/1': ofArgument((run, input, whole) => contains(run, whole, input)),
  'getpath/1': ofFilter((path) => withArgument(path, pathValue)),
};

function lengthOf(run: Run, input: Json): Json {
  if (input === null) return 0;
  if (typeof input === 'number') return Math.abs(input);
  if (typeof input === 'string') {
    charge(run, input.length >> 6);
    return characterCount(input);
  }
  if (isArray(input)) return input.length;
  if (isObject(input)) return definedKeys(input).length;
  throw failure(() => `${shown(run, input)} has no length`);
}

function characterCount(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff) pairs += 1;
  }
  return text.length - pairs;
}

function keysOf(run: Run, input: Json, order: typeof sortedKeys): Json {
  if (isArray(input)) return Array.from(input.keys());
  if (isObject(input)) return order(run, input);
  throw failure(() => `${shown(run, input)} has no keys`);
}

function has(_run: Run, container: Json, key: Json): Json {
  if (typeof key === 'string' && !isArray(container) && isObject(container)) return hasKey(container, key);
  if (typeof key === 'number' && isArray(container)) {
    if (!Number.isInteger(key)) throw new Fallback('a fraction as index');
    return key >= 0 && key < container.length;
  }
  if (container === null) return false;
  throw failure(() => `Cannot check whether ${typeOf(container)} has a ${typeOf(key)} key`);
}

function contains(run: Run, whole: Json, part: Json): Json {
  const kind = (value: Json): string => (typeof value === 'boolean' ? String(value) : typeOf(value));
  if (kind(whole) === kind(part)) return holds(run, whole, part);
  throw failure(() => `${shown(run, whole)} and ${shown(run, part)} cannot have their containment checked`);
}

function holds(run: Run, whole: Json, part: Json): boolean {
  charge(run, 1);
  if (typeof whole === 'string' && typeof part === 'string') return whole.includes(part);
  if (isArray(whole) && isArray(part))
    return part.every((item) => whole.some((mine) => holds(run, mine, item)));
  if (isArray(whole) || isArray(part) || !isObject(whole) || !isObject(part)) return equal(run, whole, part);
  return definedKeys(part).every(
    (key) => hasKey(whole, key) && holds(run, getKey(whole, key), getKey(part, key)),
  );
}

function pathValue(run: Run, input: Json, path: Json): Json {
  if (!isArray(path)) throw new Fallback('a path that is no array');
  if (!path.every((key) => typeof key === 'string' || typeof key === 'number'))
    throw new Fallback('an odd path');
  return getPath(run, input, path);
}
