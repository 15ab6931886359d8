import type { Json } from '../../../contracts/json.js';
import { single, stream, type Filter, type Run } from './run.js';

/** A filter of two operands. As in jq the right one varies slowest. */
export function combine(
  left: Filter,
  right: Filter,
  operation: (run: Run, left: Json, right: Json) => Json,
): Filter {
  const leftOne = left.one;
  const rightOne = right.one;
  if (leftOne !== undefined && rightOne !== undefined) {
    return single((input, frame) => {
      const second = rightOne(input, frame);
      return operation(frame.run, leftOne(input, frame), second);
    });
  }
  return stream((input, frame, emit) =>
    right.each(input, frame, (second) =>
      left.each(input, frame, (first) => emit(operation(frame.run, first, second))),
    ),
  );
}

/** A filter that computes one value from its input and one argument, once for each output of the argument. */
export function withArgument(
  argument: Filter,
  operation: (run: Run, input: Json, value: Json) => Json,
): Filter {
  const one = argument.one;
  if (one !== undefined) return single((input, frame) => operation(frame.run, input, one(input, frame)));
  return stream((input, frame, emit) =>
    argument.each(input, frame, (value) => emit(operation(frame.run, input, value))),
  );
}

/** A filter that computes one value from its input alone. */
export function onInput(operation: (run: Run, input: Json) => Json): Filter {
  return single((input, frame) => operation(frame.run, input));
}

export function pipe(left: Filter, right: Filter): Filter {
  const leftOne = left.one;
  const rightOne = right.one;
  if (leftOne === undefined) {
    return stream((input, frame, emit) => left.each(input, frame, (value) => right.each(value, frame, emit)));
  }
  if (rightOne === undefined) {
    return stream((input, frame, emit) => right.each(leftOne(input, frame), frame, emit));
  }
  return single((input, frame) => rightOne(leftOne(input, frame), frame));
}
