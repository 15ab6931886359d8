import { personRefSchema } from '../../../contracts/ids.js';
import type { Limits } from '../../../contracts/limits.js';
import { limitError, pointerOf, standardError } from '../../engine/index.js';
import type { CatalogFunction } from '../../../contracts/catalog-function.js';
import type { OpenCase } from '../open-case.js';

/** `openCase {kind, input, person?, key}`: another case, once per key. Output {caseId, runId, number}. */
export function createOpenCaseFunction(
  openCase: OpenCase,
  { childDepth }: Pick<Limits, 'childDepth'>,
): CatalogFunction {
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
    const depth = (origin.run.depth ?? 0) + 1;
    if (depth > childDepth) {
      const { error } = limitError(
        'childDepth',
        childDepth,
        pointerOf(effect.key),
        'Cases open cases too deeply.',
      );
      return { kind: 'error', error };
    }
    const opened = await openCase({
      depth,
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
