import type { Json } from '../../contracts/json.js';
import { compile, type CompiledProgram } from './compiled/compile.js';
import { execute } from './compiled/execute.js';
import { ExpressionError } from './expression-error.js';
import { createReference, type JqInstance } from './reference/reference.js';

/*
 * jq for workflows, on two evaluators that must agree. The fast path compiles the common part of jq to closures, once
 * per program text. Whatever it does not know, or cannot promise to answer exactly as jq does, runs on jq itself
 * (WebAssembly, about 0.75 ms per call).
 *
 * Bounds: the fast path counts steps and limits the size of what it builds. jq itself cannot be interrupted on the
 * thread that runs it: it is handed in on a thread of its own with a deadline (infra/expressions). Without that, programs
 * with obvious endless loops are refused instead.
 *
 * Nothing comes from the machine: `now` is the variable `__now` (seconds since 1970), local time is UTC, and the
 * environment is empty.
 */

/** Variables by name without `$`; `__now` is the instant that `now` gives. */
export type Variables = Readonly<Record<string, Json>>;

export interface Evaluator {
  /**
   * Runs one jq program on the input and gives its first output, or null when it has none (such as `empty`).
   * All outputs are computed, so an error after the first one counts. Throws ExpressionError.
   */
  evaluate(program: string, input: Json, variables: Variables): Json;
  /** All outputs of the program, in order. Throws ExpressionError. */
  evaluateAll(program: string, input: Json, variables: Variables): readonly Json[];
}

/** Steps that one evaluation may take on the fast path, unless told otherwise. */
export const STEPS = 5_000_000;

export interface EvaluatorOptions {
  /** Steps that one evaluation may take on the fast path. */
  readonly steps?: number;
  /** Compiled programs that are kept. */
  readonly cachedPrograms?: number;
  /** Loads an instance of jq; on this thread, and without a deadline, unless told otherwise. */
  readonly load?: () => Promise<JqInstance>;
}

/** Loads jq once; afterwards every evaluation is synchronous. Results may share structure with inputs and variables. */
export async function createEvaluator(options: EvaluatorOptions = {}): Promise<Evaluator> {
  const { steps = STEPS, cachedPrograms = 2_000 } = options;
  const reference = await createReference(options.load);
  const programs = new Map<string, CompiledProgram | undefined>();

  function compiled(program: string): CompiledProgram | undefined {
    const known = programs.get(program);
    if (known !== undefined || programs.has(program)) return known;
    const [oldest] = programs.keys();
    if (oldest !== undefined && programs.size >= cachedPrograms) programs.delete(oldest);
    const fresh = compile(program);
    programs.set(program, fresh);
    return fresh;
  }

  function evaluateAll(program: string, input: Json, variables: Variables): readonly Json[] {
    const fast = compiled(program);
    if (fast === undefined) return reference.evaluateAll(program, input, variables);
    const execution = execute(fast, input, variables, steps);
    switch (execution.kind) {
      case 'done':
        return execution.outputs;
      case 'failed':
        throw new ExpressionError(program, execution.reason);
      case 'undecided':
        return reference.evaluateAll(program, input, variables);
    }
  }

  return {
    evaluate: (program, input, variables) => evaluateAll(program, input, variables)[0] ?? null,
    evaluateAll,
  };
}

export { ExpressionError };
