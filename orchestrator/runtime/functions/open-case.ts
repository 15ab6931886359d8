import { personRefSchema } from '../../../contracts/ids.js';
import { pointerOf, standardError } from '../../engine/index.js';
import type { CatalogFunction } from '../../../contracts/catalog-function.js';
import type { OpenCase } from '../open-case.js';

/** `openCase {kind, input, person?, key}`: another case, once per key. Output {caseId, runId, number}. */
export function createOpenCaseFunction(openCase: OpenCase): CatalogFunction {
  return async (args, { effect, origin }) => {
    const { kind, input, key, person } = args;
    if (typeof kind !== 'string' || typeof key !== 'string') {
      const { error } = standardError(
        'configuration',
        pointerOf(effect.key),
        'openCase needs kind and key as texts.',
      );
      return { kind: 'error', error };
    }
    const opened = await openCase({
      workspace: origin.run.workspace,
      useCase: origin.run.useCase,
      kind,
      key,
      input: input ?? {},
      ...(typeof person === 'string' ? { person: personRefSchema.parse(person) } : {}),
      openedBy: origin.run.caseId,
      metadata: {},
    });
    return {
      kind: 'output',
      output: { caseId: opened.case.id, runId: opened.runId, number: opened.case.number },
    };
  };
}
