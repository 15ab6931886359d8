import type { CaseId, RunId, WorkspaceId } from '../../contracts/ids.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import type { RunStore } from './run-store.js';
import type { Signals } from './signals.js';

/** Brings events to the runs that may listen for them. An event that comes before its listener waits in the run. */
export interface CaseEvents {
  /** To every unfinished run of the case, except the one that sent it. */
  publish(workspace: WorkspaceId, caseId: CaseId, event: CloudEvent, from?: RunId): Promise<number>;
  /** To one run: a block's callback. */
  deliver(workspace: WorkspaceId, run: RunId, event: CloudEvent): Promise<void>;
}

export function createCaseEvents(store: RunStore, signals: Signals): CaseEvents {
  const deliver: CaseEvents['deliver'] = (workspace, run, event) =>
    signals.send(workspace, run, { kind: 'event', id: eventSignalId(event), event });
  return {
    deliver,
    publish: async (workspace, caseId, event, from) => {
      const found = await store.runs.find({ idPrefix: `${workspace}/`, filter: { caseId } });
      const open = found
        .map(({ doc }) => doc)
        .filter(({ id, endedAt }) => id !== from && endedAt === undefined);
      for (const run of open) await deliver(workspace, run.id, event);
      return open.length;
    },
  };
}

/** What tells an event from every other one: a run that has had it ignores it. */
export function eventSignalId({ source, id }: CloudEvent): string {
  return `event:${source}:${id}`;
}
