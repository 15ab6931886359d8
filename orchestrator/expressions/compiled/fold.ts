import type { Json } from '../../../contracts/json.js';
import { bindValue, charge, stream, type Filter, type Frame } from './run.js';

/** `reduce source as $x (init; update)`. Of several outputs of the update the last counts; none makes the state null. */
export function reduce(source: Filter, init: Filter, update: Filter): Filter {
  const fold = (start: Json, input: Json, frame: Frame): Json => {
    let state = start;
    source.each(input, frame, (item) => {
      charge(frame.run, 1);
      state = lastOf(update, state, bindValue(frame, item));
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
