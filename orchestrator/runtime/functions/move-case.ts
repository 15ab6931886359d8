import { isJsonObject } from '../../../contracts/json.js';
import type { Case } from '../../../contracts/case.js';
import type { CaseKind } from '../../../contracts/use-case.js';
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
    const facts = isJsonObject(args['facts']) ? args['facts'] : {};
    const step = effect.step === undefined ? {} : { step: effect.step };
    const state = typeof args['state'] === 'string' ? { state: args['state'] } : {};
    try {
      const moved = await cases.move(run.workspace, id, (of) => kindOf(of, run.useCase), {
        run: run.id,
        earlier: run.origin?.earlier ?? [],
        task: effect.key,
        facts,
        ...state,
        ...step,
      });
      const other = id === run.caseId ? {} : { case: id };
      return {
        kind: 'output',
        output: effect.input,
        events: [
          {
            event: { type: 'case.moved', key: effect.key, state: moved.state, ...other, ...step },
            ...(args['facts'] === undefined ? {} : { payload: { facts } }),
          },
        ],
      };
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      return {
        kind: 'error',
        error: standardError('runtime', pointerOf(effect.key), error.detail, {
          status: error.status,
          title: error.title,
        }).error,
      };
    }
  };

  function kindOf(of: Case, useCase: string): CaseKind {
    if (of.useCase === useCase) return catalog.caseKind(of.useCase, of.kind);
    throw new SandboxError('GSB-REQ-002', { detail: `Case ${of.number} belongs to another use case.` });
  }
}
