import type { UseCase } from '../app/project.js';
import { SandboxError } from '../contracts/problems.js';
import type { Scenario } from '../contracts/scenario.js';
import { loadScenario } from './load-scenario.js';

/**
 * What a first start shows: the default scenario that says `demo: true`, of the first use case that has one, or else of
 * the first use case. Raises GSB-DEF-003 when there is no use case.
 */
export function demoOf(useCases: readonly UseCase[]): {
  readonly useCase: UseCase;
  readonly scenario: Scenario;
} {
  const shown = useCases.map((useCase) => ({ useCase, scenario: loadScenario(useCase) }));
  const found = shown.find(({ scenario }) => scenario.demo) ?? shown[0];
  if (found !== undefined) return found;
  throw new SandboxError('GSB-DEF-003', { detail: 'There is no use case under usecases/.' });
}
