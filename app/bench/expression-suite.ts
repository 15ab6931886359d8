import type { Json } from '../../contracts/json.js';
import { compile } from '../../orchestrator/expressions/compiled/compile.js';
import { createEvaluator } from '../../orchestrator/expressions/evaluator.js';
import { createReference } from '../../orchestrator/expressions/reference/reference.js';
import { figure, type SuiteReport } from './figure.js';

const input: Json = {
  family: { id: 'H-1', members: [{ age: 34 }, { age: 7 }, { age: 3 }], income: 1200 },
  status: 'new',
};
const variables = { context: { programme: 'support', threshold: 1500 }, __now: 1_700_000_000 };

/** What workflows are made of. */
const programs = [
  '.family.id',
  '.family.income <= $context.threshold',
  '{id: .family.id, children: [.family.members[] | select(.age < 18)] | length}',
  '.status // "unknown" | ascii_upcase',
  '"\\(.family.id)/\\($context.programme)"',
];

const PER_RUN = { compiled: 100_000, reference: 200 };

/** Evaluations per second of the two evaluators, on the same programs and data. */
export async function measureExpressions(runs: number): Promise<SuiteReport> {
  const evaluator = await createEvaluator();
  const reference = await createReference();
  const rate = (times: number, evaluate: (program: string) => unknown): number => {
    const begun = performance.now();
    for (let n = 0; n < times; n += 1) evaluate(programs[n % programs.length] ?? '.');
    return (times * 1000) / (performance.now() - begun);
  };
  const compiled = (program: string): unknown => evaluator.evaluate(program, input, variables);
  const wasm = (program: string): unknown => reference.evaluateAll(program, input, variables);
  rate(PER_RUN.compiled, compiled);
  rate(PER_RUN.reference, wasm);
  const repeat = (measure: () => number): number[] => Array.from({ length: runs }, measure);
  return {
    suite: 'expressions',
    on: `${programs.length} programs as workflows have them`,
    figures: [
      figure(
        'compiled, the text known',
        'per second',
        repeat(() => rate(PER_RUN.compiled, compiled)),
      ),
      figure(
        'compiling a text',
        'per second',
        repeat(() => rate(PER_RUN.compiled / 10, compile)),
      ),
      figure(
        'floor: jq (WebAssembly)',
        'per second',
        repeat(() => rate(PER_RUN.reference, wasm)),
      ),
    ],
  };
}
