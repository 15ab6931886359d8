import type { Json } from '../../../contracts/json.js';
import { elementsOf, getAt } from '../compiled/access.js';
import { charge, type Run } from '../compiled/run.js';
import { failure } from '../compiled/signals.js';
import { shown } from '../compiled/text.js';
import {
  getKey,
  hasKey,
  isArray,
  isObject,
  orderedKeys,
  setKey,
  truthy,
  type Draft,
} from '../compiled/values.js';
import { ofInput, type BuiltinGroup } from './builtin.js';

/** An object as a list of entries, and back. */
export const entryBuiltins: BuiltinGroup = {
  'to_entries/0': ofInput(toEntries),
  'from_entries/0': ofInput(fromEntries),
};

export function toEntries(run: Run, input: Json): Json {
  if (isArray(input)) return input.map((value, key) => ({ key, value }));
  if (!isObject(input)) throw failure(() => `${shown(run, input)} has no keys`);
  const keys = orderedKeys(run, input);
  charge(run, keys.length);
  return keys.map((key) => ({ key, value: getKey(input, key) }));
}

/** The key is taken from the first of four names that holds something; the value from `value`, else `Value`. */
export function fromEntries(run: Run, input: Json): Json {
  const draft: Draft = {};
  for (const entry of elementsOf(run, input)) {
    charge(run, 1);
    let key: Json = null;
    for (const name of ['key', 'Key', 'name', 'Name']) {
      key = getAt(run, entry, name);
      if (truthy(key)) break;
    }
    if (typeof key !== 'string') {
      const refused = key;
      throw failure(() => `Cannot use ${shown(run, refused)} as object key`);
    }
    setKey(
      run,
      draft,
      key,
      isObject(entry) && hasKey(entry, 'value') ? getKey(entry, 'value') : getAt(run, entry, 'Value'),
    );
  }
  return draft;
}
