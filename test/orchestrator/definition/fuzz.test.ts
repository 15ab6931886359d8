import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { isJsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { Execution, type JournaledEvent } from '../../../orchestrator/engine/index.js';
import { checkDocument } from '../../../orchestrator/definition/check-document.js';
import { loadWorkflow } from '../../../orchestrator/definition/load-workflow.js';
import { callSamples } from './documents/of-calls.js';
import { taskSamples } from './documents/of-tasks.js';
import { topSamples } from './documents/of-tops.js';
import { errorsIn, lint } from './lint-bench.js';
import { isLong } from '../../setup/long.js';
import { seeded, spoilText, spoilValue } from './mutations.js';

const WANTED = Number(process.env['FUZZ_MUTANTS'] ?? (isLong ? 3000 : 1000));
const SEED = Number(process.env['FUZZ_SEED'] ?? 20260105);
const folder = new URL('../../../usecases/usct/workflows/', import.meta.url);

const small = [...topSamples, ...taskSamples, ...callSamples].map(({ text }) => text);
const whole = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .filter((text) => text.length < 8_000);

/** What the engine needs to be able to begin; nothing is evaluated for real. */
const deps = {
  evaluate: () => null,
  resolve: (template: unknown) => template as never,
  violation: () => undefined,
  random: () => 0.5,
};

const created = ({ document: { namespace, name, version } }: WorkflowDocument): JournaledEvent => ({
  event: {
    type: 'run.created',
    workflow: { namespace, name, version },
    useCase: 'fuzz',
    caseId: 'case-1',
    time: new Date(0).toISOString(),
    at: new Date(0).toISOString(),
  },
  payload: { input: {}, metadata: {} },
});

describe('the validator', () => {
  it(
    `answers ${WANTED} spoilt documents with diagnostics, and never with a crash (FUZZ_MUTANTS, FUZZ_SEED)`,
    () => {
      const random = seeded(SEED);
      const untouched = Object.getOwnPropertyNames(Object.prototype).sort();
      const counted = { valid: 0, invalid: 0, codes: new Set<string>() };
      for (let count = 0; count < WANTED; count += 1) {
        const text = mutant(count);
        try {
          judge(text);
        } catch (error) {
          throw new Error(`Mutant ${count} of seed ${SEED}:\n${text.slice(0, 4000)}`, { cause: error });
        }
      }
      expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(untouched);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      // A fuzz that only ever meets one answer tests nothing.
      expect(counted.valid).toBeGreaterThan(WANTED / 100);
      expect(counted.invalid).toBeGreaterThan(WANTED / 4);
      expect(counted.codes.size).toBeGreaterThan(20);
      process.stdout.write(
        `  ${WANTED} mutants: ${counted.valid} valid, ${counted.invalid} refused, ${counted.codes.size} kinds of diagnostics\n`,
      );

      function mutant(count: number): string {
        const origin = random.pick(count % 10 === 0 ? whole : small);
        if (random.below(3) === 0) return spoilText(origin, random);
        const document: unknown = parse(origin, { maxAliasCount: 1000 });
        for (let changes = 1 + random.below(3); changes > 0; changes -= 1) spoilValue(document, random);
        const text = stringify(document, { aliasDuplicateObjects: false });
        return random.below(5) === 0 ? spoilText(text, random) : text;
      }

      function judge(text: string): void {
        const { document, report } = checkDocument(text, 'mutant.yaml', { lint });
        const diagnostics = report.diagnostics();
        for (const { code, line, column, what } of diagnostics) {
          counted.codes.add(code);
          if (line < 1 || column < 1 || what === '') throw new Error(`a bad place or text: ${code}`);
        }
        if ((document === undefined) !== errorsIn(diagnostics).length > 0)
          throw new Error('errors and document disagree');
        if (document === undefined) {
          counted.invalid += 1;
          return;
        }
        counted.valid += 1;
        const loaded = loadWorkflow(text, 'mutant.yaml');
        if (!isJsonObject(loaded.document) || !Array.isArray(loaded.do)) throw new Error('no document');
        const time = new Date(0);
        const run = new Execution({
          runId: 'run-1',
          document: loaded,
          journal: [created(loaded)],
          deps,
          now: () => ({ time, at: time }),
        });
        run.take();
      }
    },
    // A soak of more mutants takes its time.
    60_000 + WANTED * 20,
  );

  it('loads or refuses with an error of the catalogue', () => {
    const random = seeded(SEED + 1);
    for (let count = 0; count < 200; count += 1) {
      try {
        loadWorkflow(spoilText(random.pick(small), random), 'mutant.yaml');
      } catch (error) {
        expect(error).toBeInstanceOf(SandboxError);
      }
    }
  });
});
