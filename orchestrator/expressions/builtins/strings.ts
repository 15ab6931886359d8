import type { Json } from '../../../contracts/json.js';
import { elementsOf } from '../compiled/access.js';
import { add, splitText } from '../compiled/arithmetic.js';
import { withArgument } from '../compiled/combine.js';
import { charge, single, type Run } from '../compiled/run.js';
import { Fallback, failure, vagueFailure } from '../compiled/signals.js';
import { shown, toText } from '../compiled/text.js';
import { ofArgument, ofFilter, ofFilters, ofInput, type Builtin, type BuiltinGroup } from './builtin.js';
import { Unsupported } from '../syntax/unsupported.js';
import { matchesPattern } from './pattern.js';

const blank = String.raw`[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const leading = new RegExp(`^${blank}+`);
const trailing = new RegExp(`(?<!${blank})${blank}+$`);

/** Strings. What jq answers for other types is either said here or left to the reference. */
export const stringBuiltins: BuiltinGroup = {
  'join/1': ofArgument(join),
  'split/1': ofArgument((run, input, separator) => {
    if (typeof input === 'string' && typeof separator === 'string') return splitText(run, input, separator);
    throw failure(() => 'split input and separator must be strings');
  }),
  'startswith/1': ofArgument((_run, input, prefix) =>
    affix('startswith', input, prefix, (a, b) => a.startsWith(b)),
  ),
  'endswith/1': ofArgument((_run, input, suffix) =>
    affix('endswith', input, suffix, (a, b) => a.endsWith(b)),
  ),
  'ltrimstr/1': ofArgument((_run, input, prefix) =>
    affix('startswith', input, prefix, (a, b) => (a.startsWith(b) ? a.slice(b.length) : a)),
  ),
  'rtrimstr/1': ofArgument((_run, input, suffix) =>
    affix('endswith', input, suffix, (a, b) => (a.endsWith(b) ? a.slice(0, a.length - b.length) : a)),
  ),
  'ascii_downcase/0': ofText((text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  'ascii_upcase/0': ofText((text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  'trim/0': ofText((text) => text.replace(leading, '').replace(trailing, '')),
  'ltrim/0': ofText((text) => text.replace(leading, '')),
  'rtrim/0': ofText((text) => text.replace(trailing, '')),
  'index/1': ofArgument((_run, input, part) => position(input, part, (a, b) => a.indexOf(b))),
  'rindex/1': ofArgument((_run, input, part) => position(input, part, (a, b) => a.lastIndexOf(b))),
  'test/1': ofFilter((pattern) =>
    withArgument(pattern, (run, input, regex) => test(run, input, regex, null)),
  ),
  'test/2': ofFilters((pattern, flags) => {
    const regex = pattern.one;
    const chosen = flags.one;
    if (regex === undefined || chosen === undefined) throw new Unsupported('several patterns');
    return single((input, frame) => test(frame.run, input, regex(input, frame), chosen(input, frame)));
  }),
};

function ofText(operation: (text: string) => string): Builtin {
  return ofInput((run, input) => {
    if (typeof input !== 'string') throw vagueFailure('a string is needed');
    charge(run, input.length >> 6);
    return operation(input);
  });
}

function affix(name: string, input: Json, part: Json, operation: (text: string, part: string) => Json): Json {
  if (typeof input === 'string' && typeof part === 'string') return operation(input, part);
  throw failure(() => `${name}() requires string inputs`);
}

/** `join`: null counts as empty, numbers and booleans as their text, anything else cannot be added to a string. */
function join(run: Run, input: Json, separator: Json): Json {
  let joined: Json = null;
  for (const element of elementsOf(run, input)) {
    charge(run, 1);
    const before: Json = joined === null ? '' : add(run, joined, separator);
    const isPlain = typeof element === 'number' || typeof element === 'boolean';
    joined = add(run, before, isPlain ? toText(run, element) : (element ?? ''));
  }
  return joined ?? '';
}

function position(input: Json, part: Json, find: (text: string, part: string) => number): Json {
  if (typeof part !== 'string' || part === '') throw new Fallback('an unusual index');
  if (input === null) return null;
  if (typeof input !== 'string') throw new Fallback('an index in something else than a text');
  const at = find(input, part);
  return at < 0 ? null : Array.from(input.slice(0, at)).length;
}

function test(run: Run, input: Json, regex: Json, flags: Json): Json {
  if (typeof regex !== 'string' || (flags !== null && flags !== '' && flags !== 'i')) {
    throw new Fallback('a pattern with flags');
  }
  if (typeof input !== 'string') {
    throw failure(() => `${shown(run, input)} cannot be matched, as it is not a string`);
  }
  charge(run, input.length);
  return matchesPattern(input, regex, flags === 'i');
}
