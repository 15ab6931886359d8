import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../orchestrator/expressions/compiled/compile.js';
import { execute } from '../../../orchestrator/expressions/compiled/execute.js';
import { createOracle } from './jq-oracle.js';
import { createGenerator } from './program-generator.js';

const rounds = Number(process.env['JQ_ROUNDS'] ?? 600);
const seed = Number(process.env['JQ_SEED'] ?? 20250101);

describe('random programs', () => {
  it('give what jq gives wherever the fast path answers', async () => {
    const oracle = await createOracle();
    const generator = createGenerator(seed);
    const differences: unknown[] = [];
    let answered = 0;
    for (let round = 0; round < rounds; round += 1) {
      const program = generator.program();
      const input = generator.document();
      const variables = { v: generator.document() };
      const compiled = compile(program);
      if (compiled === undefined) continue;
      const execution = execute(compiled, input, variables, 100_000);
      if (execution.kind === 'undecided') continue;
      if (execution.kind === 'failed' && execution.reason === 'took too long') continue;
      answered += 1;
      const verdict = oracle(program, input, variables);
      const ours =
        execution.kind === 'failed' ? 'failed' : execution.outputs.map((output) => JSON.stringify(output));
      const theirs =
        verdict.outputs === undefined ? 'failed' : verdict.outputs.map((output) => JSON.stringify(output));
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
        differences.push({ program, input, variables, ours, theirs, reason: verdict.error });
      }
    }
    expect(differences).toEqual([]);
    expect(answered).toBeGreaterThan(rounds / 2);
  }, 600_000);
});
