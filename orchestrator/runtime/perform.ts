import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import type { Digest } from '../../contracts/digest.js';
import { pointerOf, standardError, type Effect } from '../engine/index.js';
import type { CaseEvents } from './case-events.js';
import { isBlockCall } from './block-call.js';
import type { Cases } from './cases.js';
import { childWorkflow } from './child-workflow.js';
import type { Catalog } from './catalog.js';
import type {
  CallEffect,
  CatalogFunction,
  EffectOrigin,
  EffectOutcome,
  OutboundCalls,
} from '../../contracts/catalog-function.js';
import { childRunId, type ChildAgain } from './run-again/child-again.js';
import { runMetadata } from './open-case.js';
import type { StartRun } from './start-run.js';
import type { Timers } from './timers.js';

export interface PerformDeps {
  readonly openApi: (effect: CallEffect, origin: EffectOrigin) => Promise<EffectOutcome>;
  readonly outbound: OutboundCalls;
  /** By name, without version and catalog. */
  readonly functions: Readonly<Record<string, CatalogFunction>>;
  readonly timers: Timers;
  readonly events: CaseEvents;
  readonly startRun: StartRun;
  readonly cases: Cases;
  readonly catalog: Catalog;
  readonly digest: Digest;
  /** In a repeated run: what a child takes over from the children that were started here before. */
  readonly childAgain: ChildAgain;
  readonly callbackUrl: (workspace: EffectOrigin['run']['workspace'], run: string) => string;
}

/** Performs what the engine asks for. Everything here may be repeated: identifiers come from run and task. */
export function createPerform(
  deps: PerformDeps,
): (effect: Exclude<Effect, { kind: 'withdraw' }>, origin: EffectOrigin) => Promise<EffectOutcome> {
  return async (effect, origin) => {
    const { run } = origin;
    switch (effect.kind) {
      case 'timer':
        await deps.timers.set({
          _id: timerId(origin, effect.key),
          workspace: run.workspace,
          due: effect.due,
          target: { kind: 'run', run: run.id, key: effect.key },
        });
        return { kind: 'waiting' };
      case 'emit':
        await deps.events.publish(run.workspace, run.caseId, effect.event, run.id);
        return { kind: 'output', output: effect.event as JsonObject };
      case 'run': {
        const id = childRunId(deps.digest, run.id, effect.key);
        const found = (await deps.cases.collection.get(`${run.workspace}/${run.caseId}`))?.doc;
        if (found === undefined) return failure(effect.key, `There is no case ${run.caseId}.`);
        const own = isJsonObject(origin.metadata) ? origin.metadata : {};
        const again = await deps.childAgain(origin, effect.key);
        // What is run again keeps the definition that it had, also when that is no longer there.
        const workflow =
          again === undefined ? childWorkflow(deps.catalog, run.useCase, effect.workflow) : effect.workflow;
        if (typeof workflow === 'string') return failure(effect.key, workflow);
        const child = await deps.startRun({
          workspace: run.workspace,
          id,
          useCase: run.useCase,
          caseId: run.caseId,
          workflow,
          input: effect.input,
          metadata: runMetadata(
            found,
            deps.callbackUrl(run.workspace, again?.origin.earlier[0] ?? id),
            deps.catalog.client(run.useCase),
            own,
          ),
          ...again,
          ...(effect.await ? { parent: { runId: run.id, key: effect.key } } : {}),
        });
        await deps.cases.addRun(run.workspace, run.caseId, child);
        return effect.await ? { kind: 'waiting' } : { kind: 'output', output: null };
      }
      case 'call':
        return performCall(deps, effect, origin);
    }
  };
}

function performCall(deps: PerformDeps, effect: CallEffect, origin: EffectOrigin): Promise<EffectOutcome> {
  const { call } = effect.task;
  if (call === 'http') return deps.outbound(effect, origin);
  if (call === 'openapi')
    return isBlockCall(effect) ? deps.openApi(effect, origin) : deps.outbound(effect, origin);
  const name = call.split(/[:@]/)[0] ?? call;
  const implementation = deps.functions[name];
  if (implementation === undefined)
    return Promise.resolve(failure(effect.key, `There is no function "${call}" in the catalog.`));
  return implementation(isJsonObject(effect.args) ? effect.args : {}, { effect, origin });
}

export function timerId(origin: Pick<EffectOrigin, 'run'>, key: string): string {
  return `${origin.run.workspace}/run/${origin.run.id}${key}`;
}

function failure(key: string, detail: string): EffectOutcome {
  return { kind: 'error', error: standardError('configuration', pointerOf(key), detail).error };
}
