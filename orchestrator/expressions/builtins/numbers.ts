import type { Json } from '../../../contracts/json.js';
import type { Run } from '../compiled/run.js';
import { compare } from '../compiled/order.js';
import { Fallback, failure } from '../compiled/signals.js';
import { negate } from '../compiled/arithmetic.js';
import { shown } from '../compiled/text.js';
import { finite } from '../compiled/values.js';
import { ofInput, type Builtin, type BuiltinGroup } from './builtin.js';

/** Arithmetic of one number. `round` goes away from zero at a half, unlike JavaScript's. */
export const numberBuiltins: BuiltinGroup = {
  'floor/0': ofNumber(Math.floor),
  'ceil/0': ofNumber(Math.ceil),
  'trunc/0': ofNumber(Math.trunc),
  'round/0': ofNumber(roundHalfAway),
  'sqrt/0': ofNumber(Math.sqrt),
  'abs/0': ofInput((run, input) => (compare(run, input, 0) < 0 ? negate(run, input) : input)),
  'tonumber/0': ofInput(toNumber),
};

function ofNumber(operation: (value: number) => number): Builtin {
  return ofInput((run, input) => {
    if (typeof input !== 'number') throw failure(() => `${shown(run, input)} number required`);
    return finite(operation(input));
  });
}

function roundHalfAway(value: number): number {
  const size = Math.abs(value);
  const whole = Math.trunc(size);
  return Math.sign(value) * (size - whole >= 0.5 ? whole + 1 : whole);
}

function toNumber(run: Run, input: Json): Json {
  if (typeof input === 'number') return input;
  if (typeof input === 'string' && /^[-+]?(?:s?nan|inf)/i.test(input)) throw new Fallback('nan or infinity');
  if (typeof input !== 'string' || !/^[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?$/.test(input)) {
    throw failure(() => `${shown(run, input)} cannot be parsed as a number`);
  }
  const value = Number(input);
  if (String(value) === input && Number.isFinite(value)) return value;
  if (!/^-?[0-9]{1,10}(?:\.[0-9]{1,5})?$/.test(input)) throw new Fallback('an unusual number');
  run.oddNumbers = true;
  return value;
}
