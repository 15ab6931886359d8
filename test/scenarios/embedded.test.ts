import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { coverageText } from '../../cli/coverage/collect.js';
import { createCoverage, readSharedParts, reuseOf } from '../../app/project.js';
import { loadUseCases } from '../../app/read-use-cases.js';
import { join } from 'node:path';
import { openScenarioSession, type ScenarioSession } from './scenario-session.js';
import { all, isLong } from '../setup/long.js';

const useCases = await loadUseCases();
/** Beside the default one. */
const inShort: readonly string[] = ['payment-partly-failing'];

/** What the scenarios of a use case together come to, in percent of its workflows and the parts that they perform. */
const LEAST = { tasks: 100, branches: 95 };

/** Each scenario file is a test: played by its personas through the API, with its own expectations. */
describe.each(useCases.map((useCase) => [useCase.manifest.id, useCase] as const))(
  'scenarios of %s, embedded',
  (_id, useCase) => {
    const names = Object.keys(useCase.scenarios);
    const coverage = createCoverage(useCase.workflows);
    let session: ScenarioSession;

    beforeAll(async () => {
      session = await openScenarioSession();
    }, 60_000);
    afterEach(() => session.reset(useCase), 60_000);
    afterAll(() => session.close());

    it('has scenarios, the default one among them', () => {
      expect(names).toContain(useCase.manifest.defaultScenario);
    });

    it.each(all(names, (name) => inShort.includes(name) || name === useCase.manifest.defaultScenario))(
      '%s',
      async (name) => {
        const cases = await session.play(useCase, name);
        expect(cases.size).toBeGreaterThan(0);
        if (isLong) await session.collect(useCase, coverage);
      },
      120_000,
    );

    // Read off the journals of the plays above: nothing is played a second time.
    (isLong ? it : it.skip)('together come to every task and nearly every branch', () => {
      const result = coverage.result();
      process.stdout.write(`${useCase.manifest.id}: ${coverageText(result)}\n`);
      expect(result.tasks.percent).toBeGreaterThanOrEqual(LEAST.tasks);
      expect(result.branches.percent).toBeGreaterThanOrEqual(LEAST.branches);
    });
  },
);

/** With the coverage above: each part is performed by some scenario, whole. */
describe('shared parts', () => {
  it('are all performed by some use case', async () => {
    const { names } = await readSharedParts(join(import.meta.dirname, '../../usecases'));
    const performed = useCases.flatMap(({ workflows }) => reuseOf(workflows).parts.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !performed.includes(name))).toEqual([]);
  });
});
