import type { Json } from '../../../contracts/json.js';
import { onInput, withArgument } from '../compiled/combine.js';
import type { Filter, Run } from '../compiled/run.js';
import { stream } from '../compiled/run.js';
import { Unsupported } from '../syntax/unsupported.js';

/** Builds the filter of one builtin from its compiled arguments. */
export type Builtin = (args: readonly Filter[]) => Filter;

export type BuiltinGroup = Readonly<Record<string, Builtin>>;

/** A builtin that computes one value from its input. */
export function ofInput(operation: (run: Run, input: Json) => Json): Builtin {
  const filter = onInput(operation);
  return () => filter;
}

/** A builtin that computes one value from its input and each output of its argument. */
export function ofArgument(operation: (run: Run, input: Json, value: Json) => Json): Builtin {
  return ofFilter((argument) => withArgument(argument, operation));
}

export function ofFilter(build: (argument: Filter) => Filter): Builtin {
  return ([argument]) => {
    if (argument === undefined) throw new Unsupported('a missing argument');
    return build(argument);
  };
}

export function ofFilters(build: (first: Filter, second: Filter) => Filter): Builtin {
  return ([first, second]) => {
    if (first === undefined || second === undefined) throw new Unsupported('a missing argument');
    return build(first, second);
  };
}

/** A builtin that lets its input through, or not. */
export function keeping(accepts: (input: Json) => boolean): Builtin {
  const filter = stream((input, _frame, emit) => accepts(input) && emit(input));
  return () => filter;
}
