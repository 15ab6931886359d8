import type { WorkspaceClocks } from '../../../contracts/clock.js';
import type { Digest } from '../../../contracts/digest.js';
import type { DocumentStore } from '../../../contracts/documents.js';
import { workspaceIdSchema, type CaseId, type RunId, type WorkspaceId } from '../../../contracts/ids.js';
import { isJsonObject, type Json } from '../../../contracts/json.js';
import type { Logger } from '../../../contracts/logger.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import { addDuration } from '../../engine/index.js';
import type { OpenCase } from '../open-case.js';
import { runDocumentId, type RunStore } from '../run-store.js';
import type { ScheduleTarget, Timer, Timers } from '../timers.js';
import { createEventStarts } from './event-starts.js';
import { instantsOf, type Instants } from './instants.js';
import type { Evaluate } from './match-event.js';
import { createScheduleRecords, scheduleId, type ScheduleRecord } from './schedule-records.js';
import type { ScheduledWorkflow, Start } from './scheduled-workflow.js';

/**
 * Workflows that start by themselves, on the workspace's clock or when events come. Each start opens a case under a key made of
 * the workflow and of what started it, so a crash in between, or two workers, start nothing twice.
 */
export interface Schedules {
  /**
   * Sets the schedules of a workspace as the documents have them now: new ones begin, changed ones begin anew, those that are
   * gone end. Call it when the workspace is seeded and at each start. GSB-DEF-001 for a schedule that cannot be kept.
   */
  register(workspace: WorkspaceId): Promise<void>;
  /** The same for every workspace that has had schedules. */
  registerKnown(): Promise<void>;
  /** A timer of a schedule came due. */
  fire(timer: Timer & { readonly target: ScheduleTarget }): Promise<void>;
  /** An event for whoever listens: shown to each schedule of `on`. Resolves to the number of starts. */
  offer(workspace: WorkspaceId, event: CloudEvent): Promise<number>;
  /** A run stands at its end: `after` counts from there. */
  ended(workspace: WorkspaceId, run: RunId, status: string, metadata: Json, at: Date): Promise<void>;
}

export interface ScheduleDeps {
  readonly documents: DocumentStore;
  readonly clocks: WorkspaceClocks;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly timers: Timers;
  readonly store: RunStore;
  readonly openCase: OpenCase;
  readonly evaluate: Evaluate;
  /** The id of a case of the workspace; undefined when there is none. */
  readonly caseOf?: (workspace: WorkspaceId, id: string) => Promise<CaseId | undefined>;
  /** The newest version of each workflow that has a schedule. */
  readonly scheduled: () => readonly ScheduledWorkflow[];
}

const over: readonly string[] = ['completed', 'cancelled'];

export function createSchedules(deps: ScheduleDeps): Schedules {
  const { clocks, digest, timers, store } = deps;
  const records = createScheduleRecords(deps.documents);
  const markOf = ({ version, schedule }: ScheduledWorkflow): string =>
    digest.sha256(JSON.stringify([version, schedule])).slice(0, 12);
  const find = (useCase: string, workflow: string): ScheduledWorkflow | undefined =>
    deps.scheduled().find((one) => one.useCase === useCase && one.workflow === workflow);

  const start: Start = async (workspace, { useCase, kind, workflow }, { key, input, because, openedBy }) => {
    // An event may say anything: only a case of this workspace counts.
    const origin = openedBy === undefined ? undefined : await deps.caseOf?.(workspace, openedBy);
    const opened = await deps.openCase({
      workspace,
      useCase,
      kind,
      key: `schedule/${workflow}/${key}`,
      input,
      ...(origin === undefined ? {} : { openedBy: origin }),
      metadata: { schedule: { useCase, workflow, ...because } },
    });
    return opened.runId;
  };
  const eventStarts = createEventStarts({ ...deps, records, start });

  const setTimer = (
    workspace: WorkspaceId,
    of: ScheduledWorkflow,
    due: Date,
    after?: string,
  ): Promise<void> => {
    const mark = markOf(of);
    const name = after === undefined ? due.toISOString() : `after/${after}`;
    return timers.set({
      _id: `${timerPrefix(workspace, of)}${mark}/${name}`,
      workspace,
      due: due.toISOString(),
      target: {
        kind: 'schedule',
        useCase: of.useCase,
        workflow: of.workflow,
        mark,
        ...(after === undefined ? {} : { after }),
      },
    });
  };

  /** `after` again: a delay behind the end of the run that was started last, and of no other. */
  const again = async (
    workspace: WorkspaceId,
    of: ScheduledWorkflow,
    run: string,
    endedAt: Date,
  ): Promise<void> => {
    const { after } = of.schedule;
    const record = after === undefined ? undefined : await records.get(scheduleId(workspace, of));
    if (after === undefined || record?.lastRun !== run || record.mark !== markOf(of)) return;
    await setTimer(workspace, of, addDuration(endedAt, after) ?? endedAt, run);
  };

  const againIfEnded = async (workspace: WorkspaceId, of: ScheduledWorkflow, run: string): Promise<void> => {
    const view = (await store.runs.get(runDocumentId(workspace, run)))?.doc;
    if (view?.endedAt !== undefined && over.includes(view.status))
      await again(workspace, of, run, new Date(view.endedAt));
  };

  /** Sees to it that the next start of a schedule has its timer. */
  const arm = async (
    workspace: WorkspaceId,
    of: ScheduledWorkflow,
    record: ScheduleRecord,
  ): Promise<void> => {
    const began = new Date(record.began);
    const instants = readable(of, began);
    if (await timers.some(`${timerPrefix(workspace, of)}${record.mark}/`)) return;
    if (of.schedule.after !== undefined) {
      if (record.lastRun === undefined) await setTimer(workspace, of, began);
      else await againIfEnded(workspace, of, record.lastRun);
      return;
    }
    const due = instants?.upTo(clocks.of(workspace).now()) ?? instants?.after(began);
    if (due !== undefined) await setTimer(workspace, of, due);
  };

  const register: Schedules['register'] = async (workspace) => {
    const wanted = deps.scheduled();
    const ids = new Set(wanted.map((of) => scheduleId(workspace, of)));
    for (const record of await records.of(workspace)) {
      if (ids.has(record._id)) continue;
      const [, useCase = '', workflow = ''] = record._id.split('/');
      await timers.cancelByPrefix(timerPrefix(workspace, { useCase, workflow }));
      await records.delete(record._id);
    }
    for (const of of wanted) {
      // Before anything is written: a schedule that cannot be kept replaces none that can.
      readable(of, clocks.of(workspace).now());
      const { record, renewed } = await records.open(
        scheduleId(workspace, of),
        markOf(of),
        clocks.of(workspace).now(),
      );
      if (renewed) await timers.cancelByPrefix(timerPrefix(workspace, of));
      await arm(workspace, of, record);
      await eventStarts.finish(workspace, of);
    }
  };

  return {
    register,
    registerKnown: async () => {
      const known = new Set((await records.all()).map(({ _id }) => _id.split('/')[0]));
      for (const workspace of known) await register(workspaceIdSchema.parse(workspace));
    },
    fire: async ({ workspace, due, target }) => {
      const of = find(target.useCase, target.workflow);
      const record = of === undefined ? undefined : await records.get(scheduleId(workspace, of));
      if (of === undefined || record?.mark !== target.mark || markOf(of) !== target.mark) return;
      if (of.schedule.after !== undefined) {
        const key = target.after === undefined ? due : `after/${target.after}`;
        const run = await start(workspace, of, { key, input: {}, because: { at: due } });
        await records.change(record._id, (current) => ({ ...current, lastRun: run }));
        // It may have ended before it was known as the last one.
        await againIfEnded(workspace, of, run);
        return;
      }
      const instants = readable(of, new Date(record.began));
      if (instants === undefined) return;
      // What was missed while nobody was there is made up for once, by the latest. A clock that is being moved stands at `due`.
      const latest = instants.upTo(clocks.of(workspace).now()) ?? new Date(due);
      await start(workspace, of, {
        key: latest.toISOString(),
        input: {},
        because: { at: latest.toISOString() },
      });
      const next = instants.after(latest);
      if (next !== undefined) await setTimer(workspace, of, next);
    },
    offer: async (workspace, event) => {
      let starts = 0;
      for (const of of deps.scheduled()) {
        if (of.schedule.on !== undefined) starts += await eventStarts.offer(workspace, of, event);
      }
      return starts;
    },
    ended: async (workspace, run, status, metadata, at) => {
      if (!over.includes(status) || !isJsonObject(metadata)) return;
      const { schedule } = metadata;
      if (!isJsonObject(schedule)) return;
      const { useCase, workflow } = schedule;
      if (typeof useCase !== 'string' || typeof workflow !== 'string') return;
      const of = find(useCase, workflow);
      if (of !== undefined) await again(workspace, of, run, at);
    },
  };
}

/** The instants of a schedule, or why there cannot be any, with the workflow's name. */
function readable(of: ScheduledWorkflow, began: Date): Instants | undefined {
  const { useCase, workflow, schedule } = of;
  try {
    if (schedule.after !== undefined && addDuration(began, schedule.after) === undefined) {
      throw new SandboxError('GSB-DEF-001', {
        detail: `schedule.after: ${JSON.stringify(schedule.after)} is not a duration such as PT1H.`,
      });
    }
    return instantsOf(schedule, began);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    throw new SandboxError(error.code, {
      detail: `${useCase}, workflow "${workflow}": ${error.detail}`,
      cause: error,
    });
  }
}

function timerPrefix(
  workspace: WorkspaceId,
  { useCase, workflow }: Pick<ScheduledWorkflow, 'useCase' | 'workflow'>,
): string {
  return `${workspace}/schedule/${useCase}/${workflow}@`;
}
