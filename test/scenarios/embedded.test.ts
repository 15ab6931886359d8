import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadUseCases } from '../../app/read-use-cases.js';
import { openScenarioSession, type ScenarioSession } from './scenario-session.js';
import { all } from '../setup/long.js';

const useCases = await loadUseCases();
const inShort: readonly string[] = [
  'consent-refused',
  'no-account',
  'payment-partly-failing',
  'right-revoked',
];

/** Each scenario file is a test: played by its personas through the API, with its own expectations. */
describe.each(useCases.map((useCase) => [useCase.manifest.id, useCase] as const))(
  'scenarios of %s, embedded',
  (_id, useCase) => {
    const names = Object.keys(useCase.scenarios);
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
      },
      120_000,
    );
  },
);
