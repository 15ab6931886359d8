import { changeDocument, type DocumentStore } from '../../../contracts/documents.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { EventGroup } from './gather-events.js';
import type { ScheduledWorkflow } from './scheduled-workflow.js';

/** What a workspace keeps about a schedule. Timers are elsewhere: they are alarms, this is the truth behind them. */
export interface ScheduleRecord {
  readonly _id: string;
  /** Of the version and the schedule: another mark is another schedule, which begins anew. */
  readonly mark: string;
  /** The instant of the workspace clock from which it counts. */
  readonly began: string;
  /** Of `after`: the run that it started last. */
  readonly lastRun?: string;
  /** Of `on`: events that do not make a start yet. */
  readonly groups: readonly EventGroup[];
  /** Events whose case may not be open yet. */
  readonly starting: readonly (readonly CloudEvent[])[];
  /** The latest events that were taken: none is taken twice. */
  readonly seen: readonly string[];
}

export interface ScheduleRecords {
  get(id: string): Promise<ScheduleRecord | undefined>;
  of(workspace: WorkspaceId): Promise<readonly ScheduleRecord[]>;
  all(): Promise<readonly ScheduleRecord[]>;
  /** The record of a schedule; `renewed` when this call made it, or replaced one of another mark. */
  open(id: string, mark: string, began: Date): Promise<{ record: ScheduleRecord; renewed: boolean }>;
  change(
    id: string,
    next: (record: ScheduleRecord) => ScheduleRecord | undefined,
  ): Promise<ScheduleRecord | undefined>;
  delete(id: string): Promise<void>;
}

export function scheduleId(
  workspace: WorkspaceId,
  of: Pick<ScheduledWorkflow, 'useCase' | 'workflow'>,
): string {
  return `${workspace}/${of.useCase}/${of.workflow}`;
}

export function createScheduleRecords(documents: DocumentStore): ScheduleRecords {
  const records = documents.collection<ScheduleRecord>('schedules');
  const open: ScheduleRecords['open'] = async (id, mark, began) => {
    const fresh: ScheduleRecord = {
      _id: id,
      mark,
      began: began.toISOString(),
      groups: [],
      starting: [],
      seen: [],
    };
    if (await records.insert(fresh)) return { record: fresh, renewed: true };
    const found = await records.get(id);
    if (found?.doc.mark === mark) return { record: found.doc, renewed: false };
    if (found !== undefined && (await records.replace(fresh, found.version)))
      return { record: fresh, renewed: true };
    // Another process was faster.
    return open(id, mark, began);
  };
  return {
    open,
    get: async (id) => (await records.get(id))?.doc,
    of: async (workspace) => (await records.find({ idPrefix: `${workspace}/` })).map(({ doc }) => doc),
    all: async () => (await records.find()).map(({ doc }) => doc),
    change: (id, next) => changeDocument(records, id, next),
    delete: async (id) => {
      await records.delete(id);
    },
  };
}
