import { z } from 'zod';
import { SandboxError } from '../contracts/problems.js';
import { scenarioSchema, type Scenario } from '../contracts/scenario.js';
import type { UseCase } from '../app/project.js';

/** A scenario of a use case by name, or its default one. GSB-REQ-002, GSB-DEF-003. */
export function loadScenario(useCase: UseCase, name = useCase.manifest.defaultScenario): Scenario {
  const found = useCase.scenarios[name];
  const { id } = useCase.manifest;
  if (found === undefined) {
    throw new SandboxError('GSB-REQ-002', {
      detail: `The use case ${id} has no scenario "${name}"; it has ${Object.keys(useCase.scenarios).join(', ')}.`,
    });
  }
  const parsed = scenarioSchema.safeParse(found);
  if (!parsed.success) {
    throw new SandboxError('GSB-DEF-003', {
      detail: `${id}/scenarios/${name}.yaml: ${z.prettifyError(parsed.error)}`,
    });
  }
  return parsed.data;
}
