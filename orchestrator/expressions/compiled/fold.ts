import type { Json } from '../../../contracts/json.js';
import { bindValue, charge, stream, type Filter, type Frame } from './run.js';

/** Makes the update of one reduce: it may remember which containers it has made. */
type Accumulator = () => (state: Json, frame: Frame) => Json;

/** `reduce source as $x (init; update)`. */
export function reduce(source: Filter, init: Filter, update: Accumulator): Filter {
  const fold = (start: Json, input: Json, frame: Frame): Json => {
    const next = update();
    let state = start;
    source.each(input, frame, (item) => {
      charge(frame.run, 1);
      state = next(state, bindValue(frame, item));
      return false;
    });
    return state;
  };
  const initOne = init.one;
  return {
    one: initOne && ((input, frame) => fold(initOne(input, frame), input, frame)),
    each: (input, frame, emit) => init.each(input, frame, (start) => emit(fold(start, input, frame))),
  };
}

/** Of several outputs of an update the last counts; none makes the state null. */
export function lastOf(filter: Filter, input: Json, frame: Frame): Json {
  if (filter.one !== undefined) return filter.one(input, frame);
  let last: Json = null;
  filter.each(input, frame, (value) => {
    last = value;
    return false;
  });
  return last;
}

/** `foreach source as $x (init; update; extract)` for an update with exactly one output. */
export function foreach(
  source: Filter,
  init: Filter,
  update: NonNullable<Filter['one']>,
  extract: Filter,
): Filter {
  return stream((input, frame, emit) =>
    init.each(input, frame, (start) => {
      let state = start;
      return source.each(input, frame, (item) => {
        charge(frame.run, 1);
        const bound = bindValue(frame, item);
        state = update(state, bound);
        return extract.each(state, bound, emit);
      });
    }),
  );
}
