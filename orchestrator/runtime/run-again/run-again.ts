import type { Digest } from '../../../contracts/digest.js';
import { runIdSchema, type RunId, type WorkspaceId } from '../../../contracts/ids.js';
import type { Journal } from '../../../contracts/journal.js';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { Run } from '../../../contracts/run.js';
import type { RunCreated, RunEvent, RunOrigin } from '../../../contracts/run-event.js';
import type { RunLocks } from '../../../contracts/run-lock.js';
import { streams } from '../../../contracts/streams.js';
import { historyBefore, instancesAt, pointerOf, type EarlierRecord } from '../../engine/index.js';
import type { Cases } from '../cases.js';
import type { Definitions } from '../definitions.js';
import { runDocumentId, type RunStore } from '../run-store.js';
import type { Signals } from '../signals.js';
import type { StartRun } from '../start-run.js';
import { answersAsHistory, type EarlierRuns } from './earlier-runs.js';
import { firstOf, lineOf } from './line.js';
import { hasTaskAt } from './task-at.js';

export interface RunAgainRequest {
  readonly workspace: WorkspaceId;
  readonly run: RunId;
  /** A task instance, or a JSON pointer to a task in the document; empty for the whole workflow. */
  readonly from: string;
  /** What reaches that task instead of what reached it then. */
  readonly input?: Json;
  /** Another version of the workflow; the very document of the first run when absent. */
  readonly workflowVersion?: string;
}

/** Starts a new run of the same case that takes over what happened before a task, and runs anew from there. */
export type RunAgain = (request: RunAgainRequest) => Promise<RunId>;

export interface RunAgainDeps {
  readonly journal: Journal;
  readonly store: RunStore;
  readonly cases: Cases;
  readonly definitions: Definitions;
  readonly locks: RunLocks;
  readonly digest: Digest;
  readonly startRun: StartRun;
  readonly signals: Signals;
  readonly earlier: EarlierRuns;
}

/**
 * GSB-REQ-002 for an unknown run, GSB-REQ-003 while the run or a repetition of it has not ended, GSB-REQ-001 for a task
 * that it never came to, GSB-DEF-001 for an unknown version.
 */
export function createRunAgain(deps: RunAgainDeps): RunAgain {
  return async (request) => {
    const { workspace } = request;
    const origin = await find(deps, workspace, request.run);
    const first = firstOf(origin);
    let started: RunId | undefined;
    const outcome = await deps.locks.withLock(`${workspace}/again/${first}`, async () => {
      started = await start(deps, request, origin, await lineOf(deps.store, workspace, origin));
    });
    if (outcome === 'busy' || started === undefined)
      throw new SandboxError('GSB-REQ-003', { detail: `Run ${first} is just being run again.` });
    return started;
  };
}

async function start(
  deps: RunAgainDeps,
  { workspace, run, from, input, workflowVersion }: RunAgainRequest,
  origin: Run,
  line: readonly Run[],
): Promise<RunId> {
  const open = line.find(({ endedAt }) => endedAt === undefined);
  if (open !== undefined) {
    throw new SandboxError('GSB-REQ-003', {
      detail: `Run ${open.id} is ${open.status}: of a run and its repetitions only one may be under way. Cancel it, or wait for its end.`,
    });
  }
  const journal = await readJournal(deps.journal, workspace, run);
  const created = journal[0]?.event;
  if (created?.type !== 'run.created')
    throw new SandboxError('GSB-REQ-002', { detail: `Run ${run} has no journal.` });
  const task = taskIn(journal, run, from);
  const { digest, version } = await documentFor(deps, workspace, created, workflowVersion, task);
  const again: RunOrigin = { runId: run, task, earlier: line.map(({ id }) => id) };
  const stamp = { time: created.time, at: created.at };
  const before = historyBefore(run, journal, task);
  const answers = await deps.earlier.answers(workspace, again);
  const { input: first, metadata } = (journal[0]?.payload ?? {}) as { input?: Json; metadata?: JsonObject };
  const whole = task === '' && input !== undefined;
  const id = await deps.startRun({
    workspace,
    id: `run-${deps.digest.sha256(`${firstOf(origin)}|again|${line.length}`).slice(0, 20)}`,
    useCase: created.useCase,
    caseId: origin.caseId,
    workflow: { ...created.workflow, version },
    digest,
    input: (whole ? input : first) ?? null,
    // With the callback address of the first run: what is asked for again is asked for in the same words.
    metadata: isJsonObject(metadata) ? metadata : {},
    origin: again,
    history: [...before, ...answersAsHistory(answers, before, stamp, run)],
    ...(whole || input === undefined ? {} : { edited: { task, input } }),
  });
  await deps.cases.addRun(workspace, origin.caseId, id);
  await deps.cases.setTrouble(workspace, origin.caseId, undefined);
  // A callback may have come while the run was being made; from now on the new run gets them by itself.
  const known = new Set(answers.map(({ id: known }) => known));
  for (const late of await deps.earlier.answers(workspace, again))
    if (!known.has(late.id)) await deps.signals.send(workspace, id, late);
  return id;
}

function taskIn(journal: readonly EarlierRecord[], run: RunId, from: string): string {
  const wanted = from === '/' ? '' : from;
  const [task] = instancesAt(journal, wanted);
  if (task !== undefined) return task;
  throw new SandboxError('GSB-REQ-001', {
    detail: `/from: run ${run} never came to a task "${from}". Use the key of a task in its events, or a JSON pointer to a task.`,
    extensions: { errors: [{ pointer: '/from', message: 'names no task that the run came to' }] },
  });
}

async function documentFor(
  { definitions }: RunAgainDeps,
  workspace: WorkspaceId,
  { useCase, workflow, digest }: RunCreated,
  wanted: string | undefined,
  task: string,
): Promise<{ digest: string; version: string }> {
  if (wanted === undefined)
    return {
      digest: digest ?? (await definitions.pin(workspace, useCase, workflow)),
      version: workflow.version,
    };
  const chosen = await definitions.newest(workspace, useCase, { ...workflow, version: wanted });
  const document = await definitions.documentOf({
    useCase,
    workflow: { ...workflow, version: wanted },
    digest: chosen,
  });
  if (!hasTaskAt(document, pointerOf(task))) {
    throw new SandboxError('GSB-REQ-003', {
      detail: `Version ${wanted} of ${workflow.name} has no task at ${pointerOf(task)}.`,
    });
  }
  return { digest: chosen, version: wanted };
}

async function find({ store }: RunAgainDeps, workspace: WorkspaceId, run: RunId): Promise<Run> {
  const found = await store.runs.get(runDocumentId(workspace, run));
  if (found === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no run ${run}.` });
  return found.doc;
}

async function readJournal(
  journal: Journal,
  workspace: WorkspaceId,
  run: RunId,
): Promise<readonly EarlierRecord[]> {
  const records = await journal.read(streams.run(workspace, runIdSchema.parse(run)));
  return records.map(({ seq, event, payload }) => ({
    seq,
    event: event as unknown as RunEvent,
    ...(payload === undefined ? {} : { payload }),
  }));
}
