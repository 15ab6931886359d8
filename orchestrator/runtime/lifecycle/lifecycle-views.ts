import type { RunId, WorkspaceId } from '../../../contracts/ids.js';
import type { FollowedRecord, Journal, JournalRecord } from '../../../contracts/journal.js';
import type { CloudEvent, RunEvent } from '../../../contracts/run-event.js';
import { runOfStream, streams } from '../../../contracts/streams.js';
import { createLifecycle, type Lifecycle, type RunRecord } from './lifecycle.js';

/** The lifecycle of runs as CloudEvents: observed, never routed; no workflow can listen for them. */
export interface LifecycleViews {
  /** All lifecycle events of one run, in the journal's order. */
  of(workspace: WorkspaceId, run: RunId): Promise<readonly CloudEvent[]>;
  /** For one listener: what a record that was followed says, told in the order in which records are handed in. */
  follower(): (record: FollowedRecord) => Promise<readonly CloudEvent[]>;
}

/** Runs that a listener keeps in mind; of the others the journal is read again. */
const REMEMBERED = 1000;

/** `api` is the address of the API of a workspace. */
export function createLifecycleViews(deps: {
  journal: Pick<Journal, 'read'>;
  api: (workspace: string) => string;
}): LifecycleViews {
  return {
    of: async (workspace, run) => {
      const lifecycle = createLifecycle(deps.api(workspace), run);
      const records = await deps.journal.read(streams.run(workspace, run));
      return records.flatMap((record) => lifecycle.next(runRecord(record)));
    },
    follower: () => {
      const known = new Map<string, { lifecycle: Lifecycle; seq: number }>();
      const upTo = async (stream: string, run: string, seq: number): Promise<Lifecycle> => {
        const before = known.get(stream);
        if (before?.seq === seq) return before.lifecycle;
        const [workspace = ''] = stream.split('/');
        const lifecycle = createLifecycle(deps.api(workspace), run);
        if (seq > 0)
          for (const record of await deps.journal.read(stream, { limit: seq }))
            lifecycle.next(runRecord(record));
        return lifecycle;
      };
      return async (record) => {
        const { stream, seq } = record;
        const run = runOfStream(stream);
        if (run === undefined) return [];
        const lifecycle = await upTo(stream, run, seq - 1);
        const said = lifecycle.next(runRecord(record));
        known.delete(stream);
        known.set(stream, { lifecycle, seq });
        const [oldest] = known.keys();
        if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
        return said;
      };
    },
  };
}

function runRecord({ seq, event }: JournalRecord): RunRecord {
  return { seq, event: event as unknown as RunEvent };
}
