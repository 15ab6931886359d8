import type { Json } from '../../../contracts/json.js';
import { OutOfSteps } from './signals.js';

/** What one evaluation carries along. */
export interface Run {
  readonly variables: Readonly<Record<string, Json>>;
  /** Steps left; a step is about one value handled in a loop. */
  steps: number;
  /** An object got a key such as "7": JavaScript moves those to the front, jq does not. */
  numericKeys: boolean;
  /** A number was read from a text that JavaScript would spell in another way, such as "1.50"; jq keeps the spelling. */
  oddNumbers: boolean;
}

/** A chain of bindings. The compiler knows how many links away each name is. */
export interface Frame {
  readonly run: Run;
  readonly up: Frame | undefined;
  readonly value: Json;
  readonly closure: Closure | undefined;
}

/** A filter handed to a defined function, with the bindings of the place where it was written. */
interface Closure {
  readonly filter: Filter;
  readonly frame: Frame;
}

/** Receives an output; answers true to ask for no more of them. */
export type Emit = (value: Json) => boolean;

/** A compiled filter. */
export interface Filter {
  /** Present when there is exactly one output whatever the input: the cheap way to run it. */
  readonly one: ((input: Json, frame: Frame) => Json) | undefined;
  /** Hands every output to `emit`; true when `emit` asked to stop. */
  readonly each: (input: Json, frame: Frame, emit: Emit) => boolean;
}

export function single(one: (input: Json, frame: Frame) => Json): Filter {
  return { one, each: (input, frame, emit) => emit(one(input, frame)) };
}

export function stream(each: (input: Json, frame: Frame, emit: Emit) => boolean): Filter {
  return { one: undefined, each };
}

/** Counts work against the budget. Throws OutOfSteps. */
export function charge(run: Run, steps: number): void {
  run.steps -= steps;
  if (run.steps < 0) throw new OutOfSteps();
}

export function bindValue(frame: Frame, value: Json): Frame {
  return { run: frame.run, up: frame, value, closure: undefined };
}

export function collect(filter: Filter, input: Json, frame: Frame): Json[] {
  const outputs: Json[] = [];
  filter.each(input, frame, (value) => {
    charge(frame.run, 1);
    outputs.push(value);
    return false;
  });
  return outputs;
}

/** The first output, or undefined when there is none. */
export function firstOf(filter: Filter, input: Json, frame: Frame): Json | undefined {
  if (filter.one !== undefined) return filter.one(input, frame);
  let first: Json | undefined;
  filter.each(input, frame, (value) => {
    first = value;
    return true;
  });
  return first;
}
