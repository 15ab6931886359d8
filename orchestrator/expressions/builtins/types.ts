import { toJsonText, toText } from '../compiled/text.js';
import { isArray, isObject, truthy, typeOf } from '../compiled/values.js';
import { keeping, ofInput, type BuiltinGroup } from './builtin.js';
import { parseJsonText } from './json-text.js';

const isContainer = (value: Parameters<typeof typeOf>[0]): boolean => isArray(value) || isObject(value);

/** Types: telling them, choosing by them, and turning values into text and back. */
export const typeBuiltins: BuiltinGroup = {
  'type/0': ofInput((_run, input) => typeOf(input)),
  'not/0': ofInput((_run, input) => !truthy(input)),
  'values/0': keeping((input) => input !== null),
  'nulls/0': keeping((input) => input === null),
  'booleans/0': keeping((input) => typeof input === 'boolean'),
  'numbers/0': keeping((input) => typeof input === 'number'),
  'strings/0': keeping((input) => typeof input === 'string'),
  'arrays/0': keeping((input) => isArray(input)),
  'objects/0': keeping((input) => !isArray(input) && isObject(input)),
  'iterables/0': keeping(isContainer),
  'scalars/0': keeping((input) => !isContainer(input)),
  'tostring/0': ofInput(toText),
  'tojson/0': ofInput(toJsonText),
  'fromjson/0': ofInput(parseJsonText),
};
