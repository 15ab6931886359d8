import { isJsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import { pointerOf, standardError } from '../../engine/index.js';
import type { CatalogFunction } from '../../../contracts/catalog-function.js';
import type { Cases } from '../cases.js';
import type { Catalog } from '../catalog.js';

/**
 * `moveCase {state, facts?, case?}`: moves the state machine of the run's case, or of another case of the same use
 * case, and merges figures. Output: the task's input.
 */
export function createMoveCase(cases: Cases, catalog: Catalog): CatalogFunction {
  return async (args, { effect, origin }) => {
    const { run } = origin;
    const id = typeof args['case'] === 'string' ? args['case'] : run.caseId;
    const found = (await cases.collection.get(`${run.workspace}/${id}`))?.doc;
    const state = typeof args['state'] === 'string' ? args['state'] : found?.state;
    const facts = isJsonObject(args['facts']) ? args['facts'] : {};
    if (found === undefined || state === undefined || found.useCase !== run.useCase) {
      return { kind: 'error', error: standardError('runtime', pointerOf(effect.key), `There is no case ${id}.`).error };
    }
    try {
      const step = effect.step === undefined ? {} : { step: effect.step };
      await cases.move(run.workspace, found.id, catalog.caseKind(found.useCase, found.kind), {
        run: run.id,
        task: effect.key,
        state,
        facts,
        ...step,
      });
      return {
        kind: 'output',
        output: effect.input,
        events: [{ type: 'case.moved', key: effect.key, ...(id === run.caseId ? {} : { case: id }), state, ...step, ...(args['facts'] === undefined ? {} : { facts }) }],
      };
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return { kind: 'error', error: standardError('runtime', pointerOf(effect.key), error.detail, { status: 409, title: error.title }).error };
    }
  };
}
