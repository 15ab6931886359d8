import { z } from 'zod';
import { textOf } from '../../contracts/json.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { Correlation } from '../../contracts/correlation.js';
import type { Digest } from '../../contracts/digest.js';
import type { DocumentStore } from '../../contracts/documents.js';
import { defaultLimits, type Limits } from '../../contracts/limits.js';
import { runIdSchema, workspaceIdSchema, type WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import type { Logger } from '../../contracts/logger.js';
import { noMetrics, type Metrics } from '../../contracts/metrics.js';
import { ADVANCE_QUEUE, TIMER_QUEUE, type JobQueues, type JobWorker } from '../../contracts/queue.js';
import type { Run } from '../../contracts/run.js';
import type { RunLocks } from '../../contracts/run-lock.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import type { EngineDeps } from '../engine/index.js';
import { advance, type AdvanceDeps } from './advance.js';
import { createAdvanceWorker } from './advance-worker.js';
import { createOpenApiPerformer, type BlockCalls } from './block-call.js';
import { createCaseEvents, type CaseEvents } from './case-events.js';
import { caseDocumentId, createCases, type Cases } from './cases.js';
import { createCancelChild } from './children.js';
import type { Catalog } from './catalog.js';
import type { CatalogFunction, OutboundCalls, WithdrawFunction } from '../../contracts/catalog-function.js';
import { createClaimFunctions } from './functions/claims.js';
import { createDefinitions, type Definitions, type InCountry } from './definitions.js';
import { createMoveCase } from './functions/move-case.js';
import { createOpenCaseFunction } from './functions/open-case.js';
import { createPersonFunctions, createPersons, type Persons } from './functions/persons.js';
import { drainRuns, unfinishedRuns } from './drain.js';
import { meteredPerform } from './metered-perform.js';
import { createNudges } from './nudges.js';
import { createOpenCase, type OpenCase } from './open-case.js';
import { createOpenings } from './openings.js';
import { createPark } from './parking.js';
import { createPerform, timerId } from './perform.js';
import { createSchedules, type Schedules } from './schedules/schedules.js';
import { createChildAgain } from './run-again/child-again.js';
import { createEarlierRuns } from './run-again/earlier-runs.js';
import { recognisably } from './run-again/recognisable-effects.js';
import { createRunAgain, type RunAgain } from './run-again/run-again.js';
import { recover } from './recovery.js';
import { createRetention, type RetentionPolicy } from './retention.js';
import { createRunStore, type RunStore } from './run-store.js';
import { createSearch, type Search } from './search.js';
import { createSignals, type Signals } from './signals.js';
import { createStartRun } from './start-run.js';
import { whenSettled } from './when-settled.js';
import { createTimers, type Timer, type Timers } from './timers.js';
import { createWorkspaceEvents, type WorkspaceEvents } from './workspace-events.js';

export interface RuntimeDeps {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly queues: JobQueues;
  readonly locks: RunLocks;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly engine: EngineDeps;
  readonly catalog: Catalog;
  /** A workflow document as the country of a workspace says it; as it was loaded when absent. */
  readonly inCountry?: InCountry;
  readonly blocks: BlockCalls;
  readonly outbound: OutboundCalls;
  readonly idempotencyKey: (run: string, key: string) => string;
  readonly callbackUrl: (workspace: WorkspaceId, run: string) => string;
  /** Functions of other rooms, such as `humanTask`, and what to do when they are no longer wanted. */
  readonly functions: (signals: Signals) => Readonly<Record<string, CatalogFunction>>;
  readonly withdraw: WithdrawFunction;
  /** Where a workspace keeps the secrets of its workflows; none without it. */
  readonly secretsOf?: AdvanceDeps['secretsOf'];
  /** A block's own job came due on the workspace clock. */
  readonly fireBlockTimer: (timer: Timer) => Promise<void>;
  /** A human task was not done in time. */
  readonly fireTaskTimer?: (workspace: WorkspaceId, task: string) => Promise<void>;
  readonly retention?: RetentionPolicy;
  /** The limits of a workspace that has lower ones; those of the engine when absent. */
  readonly limitsOf?: (workspace: WorkspaceId) => Promise<Limits>;
  /** What a run comes of goes with it; nothing when absent. */
  readonly correlation?: Correlation;
  /** What is counted and measured; nothing when absent. */
  readonly metrics?: Pick<Metrics, 'run' | 'step' | 'runsRemoved'>;
  /** See `createTimers`. */
  readonly enter?: (workspace: WorkspaceId) => (() => void) | undefined;
  /** How often an advance that fails unexpectedly is tried before the run is parked, and the first pause. */
  readonly retry?: { readonly attempts?: number; readonly retryMs?: number };
}

/** A workspace that is being emptied, stored or put back is looked at again after so long. */
const HELD_MS = 250;

const noteSchema = z.object({ failures: z.int().optional(), busy: z.int().optional() });

/** Runs use cases: durable, resumable, at most one worker per run at a time. */
export interface Runtime {
  readonly store: RunStore;
  readonly cases: Cases;
  readonly signals: Signals;
  readonly timers: Timers;
  readonly events: CaseEvents;
  readonly workspaceEvents: WorkspaceEvents;
  readonly schedules: Schedules;
  readonly persons: Persons;
  readonly openCase: OpenCase;
  readonly definitions: Definitions;
  readonly runAgain: RunAgain;
  readonly search: Search;
  /**
   * Starts taking jobs, and mends what a crash left. Returns how many runs were woken. A process that only `advances`
   * leaves timers, and the mending, to the others.
   */
  start(concurrency: number, only?: 'advances'): Promise<number>;
  /** Mends what a process that died left between two stores. */
  mend(): Promise<number>;
  /** Removes runs that ended, as the retention says. Returns how many. */
  forget(): Promise<number>;
  /** True while no advance waits or runs: of this workspace, or of all. */
  idle(workspace?: WorkspaceId): Promise<boolean>;
  /** Resolves when no run of a workspace that is held is being advanced any more, in whichever process. */
  drain(workspace: WorkspaceId, pause: () => Promise<void>): Promise<void>;
  /** Wakes every run of a workspace that may have something to do. */
  wakeAll(workspace: WorkspaceId): Promise<void>;
  close(): Promise<void>;
}

export function createRuntime(deps: RuntimeDeps): Runtime {
  const {
    documents,
    journal,
    queues,
    clocks,
    realClock,
    digest,
    logger,
    correlation,
    metrics = noMetrics,
  } = deps;
  const store = createRunStore(journal, documents);
  const nudges = createNudges();
  const advanceQueue = queues.queue(ADVANCE_QUEUE);
  const signals = createSignals(journal, advanceQueue, nudges);
  const cases = createCases({ documents, journal, clocks, realClock });
  const events = createCaseEvents(store, signals, deps.engine.limits ?? defaultLimits);
  const persons = createPersons(documents, digest);
  const limits = deps.engine.limits ?? defaultLimits;
  const definitions = createDefinitions({
    documents,
    catalog: deps.catalog,
    digest,
    realClock,
    inCountry: deps.inCountry,
  });
  const startRun = createStartRun({
    journal,
    store,
    signals,
    clocks,
    realClock,
    definitions,
    correlation,
    metrics,
  });
  const openCaseNow = createOpenCase({
    cases,
    catalog: deps.catalog,
    startRun,
    digest,
    callbackUrl: deps.callbackUrl,
  });
  const openings = createOpenings({
    documents,
    store,
    cases,
    catalog: deps.catalog,
    digest,
    realClock,
    limitsOf: deps.limitsOf ?? (() => Promise.resolve(limits)),
    logger,
    openCase: openCaseNow,
    correlation,
  });
  const { openCase } = openings;
  const earlier = createEarlierRuns({ journal, store, digest });
  const runAgain = createRunAgain({
    journal,
    store,
    cases,
    definitions,
    locks: deps.locks,
    digest,
    startRun,
    signals,
    earlier,
  });
  const timers = createTimers({
    documents,
    clocks,
    realClock,
    queue: queues.queue(TIMER_QUEUE),
    enter: deps.enter,
    fire: async (timer) => {
      const { target } = timer;
      if (target.kind === 'block') return deps.fireBlockTimer(timer);
      if (target.kind === 'schedule') return schedules.fire({ ...timer, target });
      if (target.kind === 'task') return deps.fireTaskTimer?.(timer.workspace, target.task);
      const { run, key } = target;
      await signals.send(timer.workspace, runIdSchema.parse(run), {
        kind: 'timer',
        id: `${timer._id}@${timer.due}`,
        key,
      });
    },
  });
  const schedules = createSchedules({
    documents,
    clocks,
    digest,
    logger,
    timers,
    store,
    openCase,
    evaluate: deps.engine.evaluate,
    caseOf: async (workspace, id) => (await cases.collection.get(caseDocumentId(workspace, id)))?.doc.id,
    scheduled: () => deps.catalog.scheduled?.() ?? [],
  });
  const workspaceEvents = createWorkspaceEvents({
    documents,
    journal,
    clocks,
    realClock,
    digest,
    store,
    events,
    documentOf: ({ useCase, workflow }) => workflowIfKnown(deps.catalog, useCase, workflow),
    offer: (workspace, event) => schedules.offer(workspace, event),
  });
  const settled = whenSettled({ signals, cases });
  const cancelChild = createCancelChild({ store, signals, digest });
  const advanceDeps: AdvanceDeps = {
    postpone: (workspace, run) => signals.wake(workspace, run, HELD_MS),
    journal,
    store,
    clocks,
    realClock,
    engine: deps.engine,
    nudges,
    correlation,
    metrics,
    blockOf: (useCase, alias) => deps.catalog.blockOf?.(useCase, alias),
    documentOf: definitions.documentOf,
    secretsOf: deps.secretsOf ?? (() => Promise.resolve({})),
    perform: recognisably(
      createPerform({
        outbound: deps.outbound,
        openApi: createOpenApiPerformer(deps.blocks, deps.engine, deps.idempotencyKey),
        functions: {
          moveCase: createMoveCase(cases, deps.catalog),
          openCase: createOpenCaseFunction(openCaseNow, limits),
          ...createClaimFunctions(documents),
          ...createPersonFunctions(persons),
          ...deps.functions(signals),
        },
        timers,
        events: {
          ...events,
          // What a run emits is heard in its case, and by the schedules of the workspace.
          publish: async (workspace, caseId, event, from) => {
            const reached = await events.publish(workspace, caseId, event, from);
            return reached + (await schedules.offer(workspace, event));
          },
        },
        startRun,
        store,
        signals,
        cases,
        catalog: deps.catalog,
        digest,
        limits,
        callbackUrl: deps.callbackUrl,
        childAgain: createChildAgain({ store, earlier, digest, realClock, clocks }),
      }),
      earlier,
    ),
    withdraw: async (key, origin, resumable) => {
      await timers.cancel(timerId(origin, key));
      // What a resumed run asks for again must still be there.
      if (!resumable) await cancelChild(key, origin);
      await deps.withdraw(key, origin);
    },
    timersOf: async (origin) =>
      (await timers.list(timerId(origin, ''))).flatMap(({ target }) =>
        target.kind === 'run' && target.run === origin.run.id ? [target.key] : [],
      ),
    settled: async (origin, execution, created, resumed, blocks) => {
      await settled(origin, execution, created, resumed, blocks);
      const { id, workspace } = origin.run;
      const { status, metadata } = execution.memo;
      await schedules.ended(workspace, id, status, metadata, origin.now);
      if (execution.ended) return;
      const document = await definitions.documentOf(created);
      await workspaceEvents.arrived(workspace, id, document, execution);
    },
  };

  const metered = { ...advanceDeps, perform: meteredPerform(advanceDeps.perform, metrics) };
  const advanceWorker = createAdvanceWorker({
    advance: async (workspace, run) => {
      if (deps.limitsOf === undefined) return advance(metered, workspace, run);
      const engine = { ...deps.engine, limits: await deps.limitsOf(workspace) };
      return advance({ ...metered, engine }, workspace, run);
    },
    locks: deps.locks,
    store,
    signals,
    logger,
    park: createPark({ journal, store, cases, clocks, realClock, logger, metrics }),
    ...deps.retry,
  });

  const retention = createRetention({ journal, store, cases, clocks, policy: deps.retention ?? {} });
  const mend = async (): Promise<number> => {
    await openings.heal();
    return recover(store, signals, timers);
  };

  const workers: JobWorker[] = [];
  return {
    store,
    cases,
    signals,
    timers,
    events,
    workspaceEvents,
    schedules,
    persons,
    openCase,
    definitions,
    runAgain,
    search: createSearch({
      runs: store.runs,
      cases: cases.collection,
      digests: definitions.digests,
    }),
    mend,
    forget: async () => {
      const removed = await retention.sweep();
      metrics.runsRemoved(removed);
      return removed;
    },
    start: async (concurrency, only) => {
      workers.push(
        queues.work(ADVANCE_QUEUE, concurrency, ({ data }) =>
          advanceWorker.work(
            workspaceIdSchema.parse(data['workspace']),
            runIdSchema.parse(data['run']),
            noteSchema.parse(data),
          ),
        ),
      );
      if (only === 'advances') return 0;
      workers.push(queues.work(TIMER_QUEUE, 1, (job) => timers.fire(textOf(job.data['id']))));
      const woken = await mend();
      await schedules.registerKnown();
      await workspaceEvents.resume();
      return woken;
    },
    idle: async (workspace) =>
      !advanceWorker.busy(workspace) &&
      ((await advanceQueue.depth()) === 0 ||
        (workspace !== undefined && (await advanceQueue.jobs({ workspace })).length === 0)),
    drain: (workspace, pause) => drainRuns({ store, locks: deps.locks, pause }, workspace),
    wakeAll: async (workspace) => {
      for (const run of await unfinishedRuns(store, workspace)) await signals.wake(workspace, run);
      await timers.rearm(workspace, 'mended');
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** A run of a workflow that is no longer there listens for nothing. */
function workflowIfKnown(
  catalog: Catalog,
  useCase: string,
  workflow: Run['workflow'],
): WorkflowDocument | undefined {
  try {
    return catalog.workflow(useCase, workflow);
  } catch {
    return undefined;
  }
}
