import { elementsOf } from './access.js';
import { charge, single, stream, type Filter } from './run.js';
import { truthy } from './values.js';

/** `.[]` of every output of the target. With `optional`, what has no elements is passed over. */
export function iterate(target: Filter, optional: boolean): Filter {
  return stream((input, frame, emit) =>
    target.each(input, frame, (value) => {
      if (optional && (value === null || typeof value !== 'object')) return false;
      const elements = elementsOf(frame.run, value);
      charge(frame.run, elements.length);
      for (const element of elements) {
        if (emit(element)) return true;
      }
      return false;
    }),
  );
}

/** `if`: a branch for each output of the condition. */
export function conditional(condition: Filter, then: Filter, otherwise: Filter): Filter {
  const conditionOne = condition.one;
  const thenOne = then.one;
  const otherwiseOne = otherwise.one;
  if (conditionOne === undefined) {
    return stream((input, frame, emit) =>
      condition.each(input, frame, (value) => (truthy(value) ? then : otherwise).each(input, frame, emit)),
    );
  }
  if (thenOne === undefined || otherwiseOne === undefined) {
    return stream((input, frame, emit) =>
      (truthy(conditionOne(input, frame)) ? then : otherwise).each(input, frame, emit),
    );
  }
  return single((input, frame) =>
    (truthy(conditionOne(input, frame)) ? thenOne : otherwiseOne)(input, frame),
  );
}

/** `and`, `or`: the right side is not run where the left one decides. `decisive` is the value that decides. */
export function either(left: Filter, right: Filter, decisive: boolean): Filter {
  const leftOne = left.one;
  const rightOne = right.one;
  if (leftOne !== undefined && rightOne !== undefined) {
    return single((input, frame) =>
      truthy(leftOne(input, frame)) === decisive ? decisive : truthy(rightOne(input, frame)),
    );
  }
  return stream((input, frame, emit) =>
    left.each(input, frame, (first) =>
      truthy(first) === decisive
        ? emit(decisive)
        : right.each(input, frame, (second) => emit(truthy(second))),
    ),
  );
}
