import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import type { Digest } from '../../contracts/digest.js';
import type { Limits } from '../../contracts/limits.js';
import { limitError, pointerOf, standardError, type Effect } from '../engine/index.js';
import type { CaseEvents } from './case-events.js';
import { isBlockCall } from './block-call.js';
import type { Cases } from './cases.js';
import { cancelledChild } from './children.js';
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
import type { RunId } from '../../contracts/ids.js';
import { runMetadata } from './open-case.js';
import { runDocumentId, type RunStore } from './run-store.js';
import type { Signals } from './signals.js';
import { isParked } from './parking.js';
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
  readonly store: Pick<RunStore, 'runs' | 'read'>;
  readonly signals: Pick<Signals, 'send'>;
  readonly cases: Cases;
  readonly catalog: Catalog;
  readonly digest: Digest;
  /** In a repeated run: what a child takes over from the children that were started here before. */
  readonly childAgain: ChildAgain;
  readonly limits: Pick<Limits, 'childDepth'>;
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
        const depth = (run.depth ?? 0) + 1;
        if (depth > deps.limits.childDepth) return tooDeep(effect.key, deps.limits.childDepth);
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
          depth,
          ...(effect.await ? { parent: { runId: run.id, key: effect.key } } : {}),
        });
        await deps.cases.addRun(run.workspace, run.caseId, child);
        const known = effect.await && effect.doubtful ? await knownEnd(deps, origin, child) : undefined;
        if (known !== undefined) return known;
        return effect.await ? { kind: 'waiting' } : { kind: 'output', output: null };
      }
      case 'call':
        return performCall(deps, effect, origin);
    }
  };
}

/**
 * What became of a child that was asked for before: its end may have been told to a run that did not listen just then.
 * A child that faulted is resumed together with its parent. One that is parked has not ended: it is waited for.
 */
async function knownEnd(
  { store, signals }: PerformDeps,
  { run, resumed = false }: EffectOrigin,
  child: RunId,
): Promise<EffectOutcome | undefined> {
  const view = (await store.runs.get(runDocumentId(run.workspace, child)))?.doc;
  if (view?.status === 'completed') {
    const last = (await store.read(run.workspace, child)).findLast(
      ({ event }) => event.type === 'run.completed',
    );
    const output = isJsonObject(last?.payload) ? last.payload['output'] : undefined;
    return { kind: 'output', output: output ?? null };
  }
  if (view?.status === 'cancelled' && view.parent !== undefined)
    return { kind: 'error', error: cancelledChild(child, view.parent.key) };
  if (view?.status !== 'faulted' || view.error === undefined) return undefined;
  if (resumed) {
    const id = `resume:${run.id}:${view.version}`;
    await signals.send(run.workspace, child, { kind: 'resume', id });
    return undefined;
  }
  return isParked(view.error) ? undefined : { kind: 'error', error: view.error };
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

/** Runs that start runs without an end: the limit names how deep they may go. */
function tooDeep(key: string, most: number): EffectOutcome {
  const words = 'Runs start runs too deeply.';
  return { kind: 'error', error: limitError('childDepth', most, pointerOf(key), words).error };
}

export function timerId(origin: Pick<EffectOrigin, 'run'>, key: string): string {
  return `${origin.run.workspace}/run/${origin.run.id}${key}`;
}

function failure(key: string, detail: string): EffectOutcome {
  return { kind: 'error', error: standardError('configuration', pointerOf(key), detail).error };
}
