import { createWorkerJq } from '../infra/expressions/worker-jq.js';
import type { EngineDeps } from '../orchestrator/engine/index.js';
import { createEvaluator, type Evaluator } from '../orchestrator/expressions/evaluator.js';
import { resolveTemplate } from '../orchestrator/expressions/template.js';

/** What the engine needs from outside, made of the expressions room. `violation` checks a value against a JSON Schema. */
export async function createEngineDeps(
  violation: EngineDeps['violation'],
  given?: Evaluator,
): Promise<EngineDeps> {
  const evaluator = given ?? (await createBoundedEvaluator());
  return {
    evaluate: (program, input, variables) => evaluator.evaluate(program, input, variables),
    resolve: (template, input, variables) => resolveTemplate(template, evaluator, input, variables),
    violation,
    random: Math.random,
  };
}

/** jq with a deadline: what is not compiled runs on a thread that can be ended. */
export function createBoundedEvaluator(): Promise<Evaluator> {
  const jq = createWorkerJq();
  return createEvaluator({ load: () => Promise.resolve(jq) });
}
