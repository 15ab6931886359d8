import type { Limits } from '../contracts/limits.js';
import type { EngineDeps } from '../orchestrator/engine/index.js';
import { createEvaluator } from '../orchestrator/expressions/evaluator.js';
import { resolveTemplate } from '../orchestrator/expressions/template.js';

/** What the engine needs from outside: expressions, schemas, limits. */
export async function createEngineDeps(
  violation: EngineDeps['violation'],
  limits: Limits,
): Promise<EngineDeps> {
  const evaluator = await createEvaluator();
  return {
    evaluate: (program, input, variables) => evaluator.evaluate(program, input, variables),
    resolve: (template, input, variables) => resolveTemplate(template, evaluator, input, variables),
    violation,
    limits,
  };
}
