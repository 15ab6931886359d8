import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';

interface ClockDocument {
  readonly _id: string;
  /** How far the workspace is ahead of the machine. */
  readonly offsetMilliseconds: number;
}

/** Clocks of all workspaces: the machine's, moved forward by each workspace's offset. */
export interface MovableClocks extends WorkspaceClocks {
  offset(workspace: WorkspaceId): number;
  /** Sets the offset so that the workspace's now is `instant`; durable when it returns. */
  set(workspace: WorkspaceId, instant: Date): Promise<void>;
  /** Reads an offset again that another process may have changed. */
  refresh(workspace: WorkspaceId): Promise<void>;
  forget(workspace: WorkspaceId): Promise<void>;
}

export async function createWorkspaceClocks(
  documents: DocumentStore,
  realClock: Clock,
): Promise<MovableClocks> {
  const clocks = documents.collection<ClockDocument>('clocks');
  const offsets = new Map((await clocks.find()).map(({ doc }) => [doc._id, doc.offsetMilliseconds]));
  const offset = (workspace: WorkspaceId): number => offsets.get(workspace) ?? 0;
  return {
    offset,
    of: (workspace) => ({ now: () => new Date(realClock.now().getTime() + offset(workspace)) }),
    set: async (workspace, instant) => {
      const offsetMilliseconds = instant.getTime() - realClock.now().getTime();
      await clocks.put({ _id: workspace, offsetMilliseconds });
      offsets.set(workspace, offsetMilliseconds);
    },
    refresh: async (workspace) => {
      const found = await clocks.get(workspace);
      if (found === undefined) offsets.delete(workspace);
      else offsets.set(workspace, found.doc.offsetMilliseconds);
    },
    forget: async (workspace) => {
      await clocks.delete(workspace);
      offsets.delete(workspace);
    },
  };
}
