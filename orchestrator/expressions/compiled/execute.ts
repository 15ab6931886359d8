import type { Json } from '../../../contracts/json.js';
import type { CompiledProgram } from './compile.js';
import { collect, type Frame, type Run } from './run.js';
import { checkResult } from './size.js';
import { Fallback, JqFailure, OutOfSteps } from './signals.js';

/** How a run on the fast path ended; `undecided` asks for the reference. */
export type Execution =
  | { readonly kind: 'done'; readonly outputs: readonly Json[] }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'undecided' };

/** Runs a compiled program within a budget of steps. */
export function execute(
  program: CompiledProgram,
  input: Json,
  variables: Readonly<Record<string, Json>>,
  steps: number,
): Execution {
  const missing = program.freeVariables.find((name) => !Object.hasOwn(variables, name));
  if (missing !== undefined) return { kind: 'failed', reason: `$${missing} is not defined` };
  const run: Run = { variables, steps, numericKeys: false, oddNumbers: false };
  const frame: Frame = { run, up: undefined, value: null, closure: undefined };
  const { one } = program.filter;
  try {
    const outputs = one !== undefined ? [one(input, frame)] : collect(program.filter, input, frame);
    if (program.builds) checkResult(outputs);
    return { kind: 'done', outputs };
  } catch (error) {
    return afterError(error);
  }
}

function afterError(error: unknown): Execution {
  try {
    if (error instanceof JqFailure) {
      const payload = error.payload();
      return { kind: 'failed', reason: typeof payload === 'string' ? payload : JSON.stringify(payload) };
    }
  } catch (second) {
    return afterError(second);
  }
  if (error instanceof OutOfSteps) return { kind: 'failed', reason: error.message };
  // A RangeError is the stack running out, or a string beyond what JavaScript can hold.
  if (error instanceof Fallback || error instanceof RangeError) return { kind: 'undecided' };
  throw error;
}
