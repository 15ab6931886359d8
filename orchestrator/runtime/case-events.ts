import type { CaseId, RunId, WorkspaceId } from '../../contracts/ids.js';
import { limitVariables, type Limits } from '../../contracts/limits.js';
import { SandboxError } from '../../contracts/problems.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import { isLongerThan } from '../engine/index.js';
import { lineOf } from './run-again/line.js';
import { runDocumentId, type RunStore } from './run-store.js';
import type { Signals } from './signals.js';

/** Brings events to the runs that may listen for them. An event that comes before its listener waits in the run. */
export interface CaseEvents {
  /** To every unfinished run of the case, except the one that sent it. */
  publish(workspace: WorkspaceId, caseId: CaseId, event: CloudEvent, from?: RunId): Promise<number>;
  /**
   * To one run, and to whichever runs it again: a block's callback. GSB-REQ-004 for too long an event, GSB-RUN-004 for
   * a run that has had too many.
   */
  deliver(workspace: WorkspaceId, run: RunId, event: CloudEvent): Promise<void>;
}

export function createCaseEvents(
  store: RunStore,
  signals: Signals,
  limits: Pick<Limits, 'payload' | 'inbox'>,
): CaseEvents {
  const send: CaseEvents['deliver'] = async (workspace, run, event) => {
    if (isLongerThan(event.data, limits.payload)) {
      const detail = `The event holds more than ${limits.payload} characters; ${limitVariables.payload} raises it.`;
      throw new SandboxError('GSB-REQ-004', { detail });
    }
    if ((await store.inboxVersion(workspace, run)) >= limits.inbox) {
      const detail = `Run ${run} has had ${limits.inbox} signals already; ${limitVariables.inbox} raises it.`;
      throw new SandboxError('GSB-RUN-004', { detail });
    }
    await signals.send(workspace, run, { kind: 'event', id: eventSignalId(event), event });
  };
  return {
    deliver: async (workspace, run, event) => {
      await send(workspace, run, event);
      const found = await store.runs.get(runDocumentId(workspace, run));
      if (found === undefined) return;
      // A repeated run gives blocks the address of the first one.
      for (const { id, endedAt, origin } of await lineOf(store, workspace, found.doc))
        if (endedAt === undefined && origin?.earlier[0] === run) await send(workspace, id, event);
    },
    publish: async (workspace, caseId, event, from) => {
      const found = await store.runs.find({ idPrefix: `${workspace}/`, filter: { caseId } });
      const open = found
        .map(({ doc }) => doc)
        .filter(({ id, endedAt }) => id !== from && endedAt === undefined);
      for (const run of open) await send(workspace, run.id, event);
      return open.length;
    },
  };
}

/** What tells an event from every other one: a run that has had it ignores it. */
export function eventSignalId({ source, id }: CloudEvent): string {
  return `event:${source}:${id}`;
}
