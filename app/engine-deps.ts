import { createWorkerJq } from '../infra/expressions/worker-jq.js';
import type { EngineDeps } from '../orchestrator/engine/index.js';
import { createEvaluator } from '../orchestrator/expressions/evaluator.js';
import { resolveTemplate } from '../orchestrator/expressions/template.js';

/** The pure functions that the engine needs: jq, and JSON Schema as it is handed in. */
export async function createEngineDeps(violation: EngineDeps['violation']): Promise<EngineDeps> {
  const jq = createWorkerJq();
  const evaluator = await createEvaluator({ load: () => Promise.resolve(jq) });
  return {
    evaluate: (program, input, variables) => evaluator.evaluate(program, input, variables),
    resolve: (template, input, variables) => resolveTemplate(template, evaluator, input, variables),
    violation,
  };
}
