import type { Json } from '../../../contracts/json.js';
import { elementsOf, getAt } from '../compiled/access.js';
import { add } from '../compiled/arithmetic.js';
import { withArgument } from '../compiled/combine.js';
import { charge, collect, single, type Filter, type Run } from '../compiled/run.js';
import { Fallback, failure } from '../compiled/signals.js';
import { compare } from '../compiled/order.js';
import { checkArray } from '../compiled/size.js';
import { toText } from '../compiled/text.js';
import { isArray, isObject, setKey, type Draft } from '../compiled/values.js';
import { definedKeys, getKey } from '../compiled/values.js';
import { Unsupported } from '../syntax/unsupported.js';
import { ofFilter, ofInput, type BuiltinGroup } from './builtin.js';

/** Arrays as wholes. */
export const arrayBuiltins: BuiltinGroup = {
  'map/1': ofFilter(mapFilter),
  'add/0': ofInput((run, input) => sum(run, elementsOf(run, input))),
  'add/1': ofFilter((source) => single((input, frame) => sum(frame.run, collect(source, input, frame)))),
  'first/0': ofInput((run, input) => getAt(run, input, 0)),
  'last/0': ofInput((run, input) => getAt(run, input, -1)),
  'nth/1': ofFilter((position) => withArgument(position, getAt)),
  'reverse/0': ofInput(reverse),
  'flatten/0': ofInput((run, input) => flatten(run, elementsOf(run, input), Infinity)),
  'flatten/1': ofFilter((depth) => withArgument(depth, flattenTo)),
  'INDEX/1': ofFilter(indexBy),
  'walk/1': ofFilter(walk),
};

export function mapFilter(filter: Filter): Filter {
  const { one } = filter;
  return single((input, frame) => {
    const elements = elementsOf(frame.run, input);
    charge(frame.run, elements.length);
    if (one !== undefined) return elements.map((element) => one(element, frame));
    const outputs: Json[] = [];
    for (const element of elements) outputs.push(...collect(filter, element, frame));
    return outputs;
  });
}

/** Adds everything up; what is all arrays or all objects is put together in one go. */
function sum(run: Run, values: readonly Json[]): Json {
  charge(run, values.length);
  const present = values.filter((value) => value !== null);
  if (present.length > 2 && present.every(isArray)) {
    const length = present.reduce((total, part) => total + part.length, 0);
    charge(run, length >> 4);
    checkArray(length);
    const joined = present.flat(1);
    return joined;
  }
  if (present.length > 2 && present.every((value) => !isArray(value) && isObject(value))) {
    const draft: Draft = {};
    for (const object of present) {
      if (!isObject(object)) continue;
      for (const key of definedKeys(object)) setKey(run, draft, key, getKey(object, key));
    }
    return draft;
  }
  return present.reduce<Json>((total, value) => add(run, total, value), null);
}

function reverse(run: Run, input: Json): Json {
  if (input === null) return [];
  if (!isArray(input)) throw new Fallback('reverse of something else than an array');
  charge(run, input.length >> 4);
  return input.toReversed();
}

function flattenTo(run: Run, input: Json, depth: Json): Json {
  if (compare(run, depth, 0) < 0) throw failure(() => 'flatten depth must not be negative');
  if (typeof depth !== 'number' || !Number.isInteger(depth)) throw new Fallback('an odd depth');
  return flatten(run, elementsOf(run, input), depth);
}

function flatten(run: Run, items: readonly Json[], depth: number): Json[] {
  charge(run, items.length);
  return items.flatMap((item) => (isArray(item) && depth > 0 ? flatten(run, item, depth - 1) : [item]));
}

function indexBy(key: Filter): Filter {
  const { one } = key;
  if (one === undefined) throw new Unsupported('INDEX with several keys');
  return single((input, frame) => {
    const draft: Draft = {};
    for (const row of elementsOf(frame.run, input)) {
      charge(frame.run, 1);
      setKey(frame.run, draft, toText(frame.run, one(row, frame)), row);
    }
    return draft;
  });
}

function walk(filter: Filter): Filter {
  const { one } = filter;
  if (one === undefined) throw new Unsupported('walk with several outputs');
  return single((input, frame) => {
    const visit = (value: Json): Json => {
      charge(frame.run, 1);
      if (isArray(value)) return one(value.map(visit), frame);
      if (!isObject(value)) return one(value, frame);
      const draft: Draft = {};
      for (const key of definedKeys(value)) setKey(frame.run, draft, key, visit(getKey(value, key)));
      return one(draft, frame);
    };
    return visit(input);
  });
}
