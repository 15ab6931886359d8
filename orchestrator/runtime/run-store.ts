import type { Collection, DocumentStore } from '../../contracts/documents.js';
import { personRefSchema, type RunId, type WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { isJsonObject, type Json } from '../../contracts/json.js';
import type { Run } from '../../contracts/run.js';
import type { RunCreated, RunEvent, Signal } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import { blockSetOf } from './search.js';
import type { Execution, JournaledEvent } from '../engine/index.js';

/** Runs as they are stored: the journal is the truth, the `runs` collection a view of it. */
export interface RunStore {
  readonly runs: Collection<Run>;
  read(workspace: WorkspaceId, run: RunId): Promise<readonly JournaledEvent[]>;
  unread(
    workspace: WorkspaceId,
    run: RunId,
    after: number,
  ): Promise<readonly { seq: number; signal: Signal }[]>;
  inboxVersion(workspace: WorkspaceId, run: RunId): Promise<number>;
  /** Of many runs, in their order. */
  inboxVersions(runs: readonly Pick<Run, 'workspace' | 'id'>[]): Promise<readonly number[]>;
  /** Writes the view of a run from its execution. */
  project(run: Run): Promise<void>;
}

export const runDocumentId = (workspace: WorkspaceId, run: RunId | string): string => `${workspace}/${run}`;

export function createRunStore(journal: Journal, documents: DocumentStore): RunStore {
  const runs = documents.collection<Run>('runs', [
    'status',
    'caseId',
    'person',
    'digest',
    'blockSet',
    'startedAt',
  ]);
  return {
    runs,
    read: async (workspace, run) => {
      const records = await journal.read(streams.run(workspace, run));
      return records.map(({ event, payload }) => ({
        event: event as unknown as RunEvent,
        ...(payload === undefined ? {} : { payload }),
      }));
    },
    unread: async (workspace, run, after) => {
      const records = await journal.read(streams.inbox(workspace, run), { after });
      return records.map(({ seq, payload }) => ({ seq, signal: payload as unknown as Signal }));
    },
    inboxVersion: (workspace, run) => journal.version(streams.inbox(workspace, run)),
    inboxVersions: (of) => journal.versions(of.map(({ workspace, id }) => streams.inbox(workspace, id))),
    project: async (run) => {
      await runs.put(run);
    },
  };
}

/** The person that a run's case is about, from the run's metadata. */
export function personIn(metadata: Json): Pick<Run, 'person'> {
  const of = isJsonObject(metadata) ? metadata['case'] : undefined;
  const person = isJsonObject(of) ? personRefSchema.safeParse(of['person']).data : undefined;
  return person === undefined ? {} : { person };
}

/** The run at a glance, as its execution stands. */
export function viewOf(
  base: {
    workspace: WorkspaceId;
    id: RunId;
    created: RunCreated & { time: string };
    version: number;
    now: string;
    blocks: readonly string[];
  },
  execution: Execution,
): Run {
  const { created } = base;
  const { memo } = execution;
  const status = memo.status === 'started' ? 'waiting' : memo.status === 'created' ? 'pending' : memo.status;
  return {
    _id: runDocumentId(base.workspace, base.id),
    id: base.id,
    workspace: base.workspace,
    useCase: created.useCase,
    caseId: created.caseId as Run['caseId'],
    workflow: created.workflow,
    status,
    startedAt: created.time,
    ...(execution.ended ? { endedAt: base.now } : {}),
    ...(execution.error === undefined ? {} : { error: execution.error }),
    ...(created.parent === undefined ? {} : { parent: created.parent }),
    ...(created.digest === undefined ? {} : { digest: created.digest }),
    ...(created.origin === undefined ? {} : { origin: created.origin }),
    ...(created.correlation === undefined ? {} : { correlation: created.correlation }),
    ...personIn(memo.metadata),
    ...(base.blocks.length === 0 ? {} : { blocks: base.blocks, blockSet: blockSetOf(base.blocks) }),
    waiting: execution.waiting(),
    version: base.version,
    inbox: memo.inbox,
  };
}
