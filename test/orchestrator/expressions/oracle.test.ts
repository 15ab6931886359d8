import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { compile } from '../../../orchestrator/expressions/compiled/compile.js';
import { execute } from '../../../orchestrator/expressions/compiled/execute.js';
import { createOracle } from './jq-oracle.js';
import { oracleCases } from './oracle-cases.js';

/** The fast path must do the work itself, and agree with jq on outputs, key order and the wording of errors. */
describe('the fast path agrees with jq', () => {
  let oracle: Awaited<ReturnType<typeof createOracle>>;
  beforeAll(async () => {
    oracle = await createOracle();
  });

  it('is compared on at least 250 programs', () => {
    expect(oracleCases.length).toBeGreaterThanOrEqual(250);
  });

  it.each(oracleCases.map((entry) => [entry.program, JSON.stringify(entry.input), entry] as const))(
    '%s on %s',
    (program, _input, { input, variables = {}, vague = false }) => {
      const compiled = compile(program);
      expect(compiled).toBeDefined();
      const execution = execute(compiled!, input, variables, 1_000_000);
      const verdict = oracle(program, input, variables);
      if (verdict.error === undefined) {
        expect(printed(execution)).toEqual(printed({ kind: 'done', outputs: verdict.outputs ?? [] }));
      } else if (vague) {
        expect(execution.kind).toBe('failed');
      } else {
        expect(execution).toEqual({ kind: 'failed', reason: verdict.error });
      }
    },
  );
});

/** As text, so that the order of keys counts; -0 is 0 in JSON. */
function printed(execution: { readonly kind: string; readonly outputs?: readonly Json[] }): unknown {
  return { ...execution, outputs: execution.outputs?.map((output) => JSON.stringify(output)) };
}
