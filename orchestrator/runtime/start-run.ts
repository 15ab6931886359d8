import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { Correlation } from '../../contracts/correlation.js';
import { runIdSchema, type CaseId, type RunId, type WorkspaceId } from '../../contracts/ids.js';
import type { Journal, JournalEntry } from '../../contracts/journal.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { Metrics } from '../../contracts/metrics.js';
import type { Run } from '../../contracts/run.js';
import type { RunCreated, RunEvent, RunOrigin } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import type { WorkflowReference } from '../../contracts/workflow.js';
import type { JournaledEvent } from '../engine/index.js';
import type { Definitions } from './definitions.js';
import { personIn, runDocumentId, type RunStore } from './run-store.js';
import type { Signals } from './signals.js';

export interface NewRun {
  readonly workspace: WorkspaceId;
  /** Deterministic where a repetition must find the same run. */
  readonly id: string;
  readonly useCase: string;
  readonly caseId: CaseId;
  readonly workflow: WorkflowReference;
  readonly input: Json;
  /** `$runtime.metadata`. */
  readonly metadata: JsonObject;
  readonly parent?: { readonly runId: string; readonly key: string };
  readonly depth?: number;
  /** The document, when it is not the one loaded now: a content that is kept already. */
  readonly digest?: string;
  readonly origin?: RunOrigin;
  /** What is taken over from the origin's journal. */
  readonly history?: readonly JournaledEvent[];
  /** The input that replaces what would have reached this task. */
  readonly edited?: { readonly task: string; readonly input: Json };
}

export type StartRun = (run: NewRun) => Promise<RunId>;

/** Starts a run, or finds the one that was started with this id before. Journal first, view second, job last. */
export function createStartRun(deps: {
  journal: Journal;
  store: RunStore;
  signals: Signals;
  clocks: WorkspaceClocks;
  realClock: Clock;
  definitions: Pick<Definitions, 'pin'>;
  correlation?: Pick<Correlation, 'current'> | undefined;
  metrics?: Pick<Metrics, 'run'>;
}): StartRun {
  const isUntouched = async (id: string): Promise<boolean> =>
    (await deps.store.runs.get(id))?.doc.status === 'pending';
  return async (run) => {
    const id = runIdSchema.parse(run.id);
    // Kept before the run refers to it.
    const digest = run.digest ?? (await deps.definitions.pin(run.workspace, run.useCase, run.workflow));
    const time = deps.clocks.of(run.workspace).now().toISOString();
    const correlation = deps.correlation?.current();
    const created: RunCreated = {
      type: 'run.created',
      workflow: run.workflow,
      useCase: run.useCase,
      caseId: run.caseId,
      ...(run.parent === undefined ? {} : { parent: run.parent }),
      digest,
      ...(correlation === undefined ? {} : { correlation }),
      ...(run.origin === undefined ? {} : { origin: run.origin }),
      ...(run.depth === undefined || run.depth === 0 ? {} : { depth: run.depth }),
    };
    const event: RunEvent = { ...created, time, at: deps.realClock.now().toISOString() };
    const { kind } = await deps.journal.append(streams.run(run.workspace, id), 0, [
      {
        event: event as unknown as Json,
        payload: {
          input: run.input,
          metadata: run.metadata,
          ...(run.edited === undefined ? {} : { edited: { ...run.edited } }),
        },
      },
      ...((run.history ?? []) as unknown as readonly JournalEntry[]),
    ]);
    if (kind === 'appended') deps.metrics?.run(run.useCase, 'started');
    const view: Run = {
      _id: runDocumentId(run.workspace, id),
      id,
      workspace: run.workspace,
      useCase: run.useCase,
      caseId: run.caseId,
      workflow: run.workflow,
      status: 'pending',
      startedAt: time,
      ...(run.parent === undefined ? {} : { parent: run.parent }),
      digest,
      ...(correlation === undefined ? {} : { correlation }),
      ...(run.origin === undefined ? {} : { origin: run.origin }),
      ...personIn(run.metadata),
      waiting: [],
      version: 1 + (run.history ?? []).length,
      inbox: 0,
    };
    const wake = (): Promise<void> => deps.signals.wake(run.workspace, id);
    // The job need not wait for the view: an advance of a new run makes one where there is none.
    if (kind === 'appended') await Promise.all([deps.store.runs.insert(view), wake()]);
    // Whoever started it before may have died with the view written and the job not.
    else if ((await deps.store.runs.insert(view)) || (await isUntouched(view._id))) await wake();
    return id;
  };
}
