import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { compile } from '../../../orchestrator/expressions/compiled/compile.js';
import { execute, type Execution } from '../../../orchestrator/expressions/compiled/execute.js';
import { createCoverage } from './coverage.js';
import {
  createBatchOracle,
  createOracle,
  instant,
  surroundings,
  type Question,
  type Verdict,
} from './jq-oracle.js';
import { createGenerator } from './program-generator.js';

/** More for a longer look: JQ_ROUNDS=1000000; another JQ_SEED gives other programs. */
const rounds = Number(process.env['JQ_ROUNDS'] ?? 20_000);
const seed = Number(process.env['JQ_SEED'] ?? 20250101);
const TOGETHER = 40;

describe('random programs', () => {
  it('give what jq gives wherever the fast path answers, and leave out no construct', async () => {
    let alone = await createOracle();
    let together = await createBatchOracle();
    const generator = createGenerator(seed);
    const coverage = createCoverage();
    const differences: unknown[] = [];
    const made = { compiled: 0, answered: 0, left: 0, slow: 0, broken: 0 };
    let waiting: { readonly question: Question; readonly execution: Execution }[] = [];

    /** The batch decides nothing by itself: a program may end those around it. */
    const ask = async (question: Question): Promise<Verdict | 'broken'> => {
      try {
        return alone(surroundings + question.program, question.input, question.variables);
      } catch {
        // Some programs break jq itself; its memory is not to be trusted afterwards.
        alone = await createOracle();
        return 'broken';
      }
    };
    const compare = async (): Promise<void> => {
      const verdicts = together(waiting.map(({ question }) => question));
      const doubtful = waiting.filter(({ execution }, at) => !agrees(execution, verdicts[at]));
      waiting = [];
      for (const { question, execution } of doubtful) {
        const verdict = await ask(question);
        if (verdict === 'broken') {
          made.broken += 1;
          together = await createBatchOracle();
        } else if (!agrees(execution, verdict)) {
          differences.push({ ...question, ours: execution, theirs: verdict });
        }
      }
    };

    for (let round = 0; round < rounds; round += 1) {
      const program = generator.program();
      const input = generator.document();
      const variables = { v: generator.document() };
      const compiled = compile(program);
      if (compiled === undefined) continue;
      made.compiled += 1;
      const execution = execute(compiled, input, { ...variables, __now: instant }, 20_000);
      if (execution.kind === 'undecided') made.left += 1;
      else if (execution.kind === 'failed' && /took too long|more than/.test(execution.reason))
        made.slow += 1;
      else {
        made.answered += 1;
        coverage.note(program, input, variables.v);
        waiting.push({ question: { program, input, variables }, execution });
        if (waiting.length === TOGETHER) await compare();
      }
    }
    await compare();

    process.stdout.write(
      `${rounds} programs of seed ${seed}: ${made.compiled} compiled, ${made.answered} compared with jq, ` +
        `${made.left} left to jq for their data, ${made.slow} beyond the bounds, ${made.broken} that break jq\n${coverage.table()}\n`,
    );
    expect(differences.slice(0, 5)).toEqual([]);
    expect(made.answered).toBeGreaterThan(rounds / 2);
    if (rounds >= 20_000) expect(coverage.missing()).toEqual([]);
  }, 3_600_000);
});

/** By what is printed, so that the order of keys counts; the wording of failures is compared in oracle.test.ts. */
function agrees(execution: Execution, verdict: Verdict | undefined): boolean {
  if (verdict === undefined) return false;
  if (execution.kind !== 'done') return verdict.outputs === undefined;
  return verdict.outputs !== undefined && printed(execution.outputs) === printed(verdict.outputs);
}

function printed(outputs: readonly Json[]): string {
  return JSON.stringify(outputs);
}
