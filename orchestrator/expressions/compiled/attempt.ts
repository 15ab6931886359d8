import type { Json } from '../../../contracts/json.js';
import { stream, type Filter, type Frame, type Run } from './run.js';
import { Fallback, JqFailure } from './signals.js';

/**
 * Runs `body` and hands its jq failures to `rescue`. Failures of whatever consumes the outputs pass through:
 * they happen inside `body`'s call, yet are not its own.
 */
export function guarded<Output>(
  body: (emit: (output: Output) => boolean) => boolean,
  emit: (output: Output) => boolean,
  rescue: (failure: JqFailure) => boolean,
): boolean {
  let foreign: unknown;
  try {
    return body((output) => {
      try {
        return emit(output);
      } catch (error) {
        foreign = error;
        throw error;
      }
    });
  } catch (error) {
    if (error === foreign || !(error instanceof JqFailure)) throw error;
    return rescue(error);
  }
}

/** `try body catch handler`; without a handler the failure just ends the outputs. `reads`: whether the handler looks at the message. */
export function attempt(body: Filter, handler: Filter | undefined, reads: boolean): Filter {
  return stream((input, frame, emit) =>
    guarded(
      (inner) => body.each(input, frame, inner),
      emit,
      (failure) => handler !== undefined && handler.each(caught(failure, reads), frame, emit),
    ),
  );
}

/** An access with `?`: where the operation itself fails there is no output. */
export function forgiving(
  target: Filter,
  key: Filter,
  operation: (run: Run, value: Json, key: Json) => Json,
): Filter {
  return stream((input, frame, emit) =>
    key.each(input, frame, (name) =>
      target.each(input, frame, (value) => {
        const found = orUndefined(() => operation(frame.run, value, name));
        return found !== undefined && emit(found);
      }),
    ),
  );
}

/** The result, or undefined after a jq failure. */
export function orUndefined<Result>(operation: () => Result): Result | undefined {
  try {
    return operation();
  } catch (error) {
    if (error instanceof JqFailure) return undefined;
    throw error;
  }
}

function caught(failure: JqFailure, reads: boolean): Json {
  if (!reads) return null;
  if (!failure.exact) throw new Fallback('the wording of an error');
  return failure.payload();
}

/** `left // right`: the truthy outputs of the left, or the right when there are none. */
export function alternative(left: Filter, right: Filter): Filter {
  const isTruthy = (value: Json): boolean => value !== null && value !== false;
  return {
    one: bothOne(left, right, isTruthy),
    each: (input, frame, emit) => {
      let found = false as boolean;
      const stopped = left.each(input, frame, (value) => {
        if (!isTruthy(value)) return false;
        found = true;
        return emit(value);
      });
      if (stopped || found) return stopped;
      return right.each(input, frame, emit);
    },
  };
}

function bothOne(left: Filter, right: Filter, isTruthy: (value: Json) => boolean): Filter['one'] {
  const leftOne = left.one;
  const rightOne = right.one;
  if (leftOne === undefined || rightOne === undefined) return undefined;
  return (input: Json, frame: Frame) => {
    const value = leftOne(input, frame);
    return isTruthy(value) ? value : rightOne(input, frame);
  };
}
