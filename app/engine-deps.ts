import type { Limits } from '../contracts/limits.js';
import { createWorkerJq } from '../infra/expressions/worker-jq.js';
import type { EngineDeps } from '../orchestrator/engine/index.js';
import { createEvaluator, type Evaluator } from '../orchestrator/expressions/evaluator.js';
import { resolveTemplate } from '../orchestrator/expressions/template.js';

export interface EngineDepsOptions {
  /** The default limits when absent. */
  readonly limits?: Limits;
  /** One with a deadline when absent. */
  readonly evaluator?: Evaluator;
}

/** What the engine needs from outside: expressions, schemas, limits. `violation` checks a value against a JSON Schema. */
export async function createEngineDeps(
  violation: EngineDeps['violation'],
  { limits, evaluator: given }: EngineDepsOptions = {},
): Promise<EngineDeps> {
  const evaluator = given ?? (await createBoundedEvaluator());
  return {
    evaluate: (program, input, variables) => evaluator.evaluate(program, input, variables),
    resolve: (template, input, variables) => resolveTemplate(template, evaluator, input, variables),
    violation,
    random: Math.random,
    ...(limits === undefined ? {} : { limits }),
  };
}

/** jq with a deadline: what is not compiled runs on a thread that can be ended. */
function createBoundedEvaluator(): Promise<Evaluator> {
  const jq = createWorkerJq();
  return createEvaluator({ load: () => Promise.resolve(jq) });
}
