import type { Json } from '../../../contracts/json.js';
import { elementsOf } from '../compiled/access.js';
import { charge, stream, type Emit, type Filter, type Frame } from '../compiled/run.js';
import { Fallback, failure } from '../compiled/signals.js';
import { truthy } from '../compiled/values.js';
import { Unsupported } from '../syntax/unsupported.js';
import { ofFilter, ofFilters, type BuiltinGroup } from './builtin.js';

/** Builtins that may go on for ever; each round is charged to the budget. */
export const loopBuiltins: BuiltinGroup = {
  'range/1': ofFilter((end) =>
    stream((input, frame, emit) => end.each(input, frame, (to) => count(frame, 0, to, emit))),
  ),
  'range/2': ofFilters((start, end) =>
    stream((input, frame, emit) =>
      start.each(input, frame, (from) => end.each(input, frame, (to) => count(frame, from, to, emit))),
    ),
  ),
  'range/3': ([start, end, step]) => {
    if (start === undefined || end === undefined || step === undefined)
      throw new Unsupported('a missing argument');
    return stream((input, frame, emit) =>
      start.each(input, frame, (from) =>
        end.each(input, frame, (to) => step.each(input, frame, (by) => countBy(frame, from, to, by, emit))),
      ),
    );
  },
  'recurse/0': () => stream(descend),
  'recurse/1': ofFilter((next) => stream((input, frame, emit) => follow(next, input, frame, emit))),
  'until/2': ofFilters((condition, next) =>
    repeating(condition, next, (done, value, emit) => (done ? { stopped: emit(value) } : 'go on')),
  ),
  'while/2': ofFilters((condition, next) =>
    repeating(condition, next, (ongoing, value, emit) => {
      if (!ongoing) return { stopped: false };
      return emit(value) ? { stopped: true } : 'go on';
    }),
  ),
};

function count(frame: Frame, from: Json, to: Json, emit: Emit): boolean {
  if (typeof from !== 'number' || typeof to !== 'number') throw failure(() => 'Range bounds must be numeric');
  for (let value = from; value < to; value += 1) {
    charge(frame.run, 1);
    if (emit(value)) return true;
  }
  return false;
}

function countBy(frame: Frame, from: Json, to: Json, by: Json, emit: Emit): boolean {
  if (typeof from !== 'number' || typeof to !== 'number' || typeof by !== 'number') {
    throw new Fallback('a range of something else than numbers');
  }
  if (by === 0) return false;
  for (let value = from; by > 0 ? value < to : value > to; value += by) {
    charge(frame.run, 1);
    if (emit(value)) return true;
  }
  return false;
}

function descend(input: Json, frame: Frame, emit: Emit): boolean {
  charge(frame.run, 1);
  if (emit(input)) return true;
  if (input === null || typeof input !== 'object') return false;
  return elementsOf(frame.run, input).some((element) => descend(element, frame, emit));
}

function follow(next: Filter, input: Json, frame: Frame, emit: Emit): boolean {
  charge(frame.run, 1);
  return emit(input) || next.each(input, frame, (value) => follow(next, value, frame, emit));
}

/** A loop over one value. Conditions and steps with several outputs would branch; they are left to the reference. */
function repeating(
  condition: Filter,
  next: Filter,
  decide: (condition: boolean, value: Json, emit: Emit) => { readonly stopped: boolean } | 'go on',
): Filter {
  const test = condition.one;
  const step = next.one;
  if (test === undefined || step === undefined) throw new Unsupported('a loop with several outputs');
  return stream((input, frame, emit) => {
    for (let value = input; ; value = step(value, frame)) {
      charge(frame.run, 1);
      const decision = decide(truthy(test(value, frame)), value, emit);
      if (decision !== 'go on') return decision.stopped;
    }
  });
}
