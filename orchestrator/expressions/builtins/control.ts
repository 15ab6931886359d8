import type { Json } from '../../../contracts/json.js';
import { combine } from '../compiled/combine.js';
import { equal } from '../compiled/order.js';
import { firstOf, single, stream, type Emit, type Filter, type Frame } from '../compiled/run.js';
import { Fallback, failure, JqFailure } from '../compiled/signals.js';
import { truthy } from '../compiled/values.js';
import { iterate } from '../compiled/flow.js';
import { ofFilter, ofFilters, ofInput, type BuiltinGroup } from './builtin.js';

const itself = single((input) => input);
const elements = iterate(itself, false);

/** Choosing among outputs, and errors. */
export const controlBuiltins: BuiltinGroup = {
  'empty/0': () => stream(() => false),
  'error/0': ofInput((_run, input) => {
    throw new JqFailure(() => input, true);
  }),
  'error/1': ofFilter((message) =>
    stream((input, frame) =>
      message.each(input, frame, (value) => {
        throw new JqFailure(() => value, true);
      }),
    ),
  ),
  'debug/0': () => itself,
  'env/0': () => single(() => ({})),
  'select/1': ofFilter(select),
  'first/1': ofFilter((source) =>
    stream((input, frame, emit) => emitDefined(firstOf(source, input, frame), emit)),
  ),
  'last/1': ofFilter((source) =>
    stream((input, frame, emit) => {
      let last: Json | undefined;
      source.each(input, frame, (value) => {
        last = value;
        return false;
      });
      return emitDefined(last, emit);
    }),
  ),
  'isempty/1': ofFilter((source) => single((input, frame) => firstOf(source, input, frame) === undefined)),
  'limit/2': ofFilters(limit),
  'nth/2': ofFilters(nth),
  'any/0': () => quantifier(elements, itself, true),
  'any/1': ofFilter((condition) => quantifier(elements, condition, true)),
  'any/2': ofFilters((source, condition) => quantifier(source, condition, true)),
  'all/0': () => quantifier(elements, itself, false),
  'all/1': ofFilter((condition) => quantifier(elements, condition, false)),
  'all/2': ofFilters((source, condition) => quantifier(source, condition, false)),
  // As jq defines it: with the outputs of the second argument as the outer loop.
  'IN/2': ofFilters((source, wanted) => quantifier(combine(source, wanted, equal), itself, true)),
  'IN/1': ofFilter((source) => single((input, frame) => occurs(source, input, frame, input))),
};

function emitDefined(value: Json | undefined, emit: Emit): boolean {
  return value !== undefined && emit(value);
}

function select(condition: Filter): Filter {
  const { one } = condition;
  if (one !== undefined) return stream((input, frame, emit) => truthy(one(input, frame)) && emit(input));
  return stream((input, frame, emit) =>
    condition.each(input, frame, (value) => truthy(value) && emit(input)),
  );
}

function limit(count: Filter, source: Filter): Filter {
  return stream((input, frame, emit) =>
    count.each(input, frame, (most) => {
      let left = numeric(most);
      if (left < 0) throw failure(() => "limit doesn't support negative count");
      if (left === 0) return false;
      let stopped = false;
      source.each(input, frame, (value) => {
        left -= 1;
        stopped = emit(value);
        return stopped || left <= 0;
      });
      return stopped;
    }),
  );
}

function nth(position: Filter, source: Filter): Filter {
  return stream((input, frame, emit) =>
    position.each(input, frame, (place) => {
      let left = numeric(place);
      if (left < 0) throw failure(() => "nth doesn't support negative indices");
      let found: Json | undefined;
      source.each(input, frame, (value) => {
        left -= 1;
        if (left >= 0) return false;
        found = value;
        return true;
      });
      return emitDefined(found, emit);
    }),
  );
}

function numeric(value: Json): number {
  if (typeof value !== 'number') throw new Fallback('a count that is no number');
  return value;
}

/** `any` (decided by a truthy output) and `all` (decided by a falsy one). */
function quantifier(source: Filter, condition: Filter, decisive: boolean): Filter {
  return single((input, frame) => {
    const decided = source.each(input, frame, (item) =>
      condition.each(item, frame, (value) => truthy(value) === decisive),
    );
    return decided ? decisive : !decisive;
  });
}

function occurs(source: Filter, input: Json, frame: Frame, wanted: Json): boolean {
  return source.each(input, frame, (value) => equal(frame.run, value, wanted));
}
