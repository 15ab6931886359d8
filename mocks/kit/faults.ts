import type { BlockId, Fault, Faults } from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import { changeDocument } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';

/** Faults that trainers switch on, per workspace; kept across restarts. */
export interface FaultBoard extends Faults {
  /** Adds a fault, or replaces the one with the same id. */
  add(workspace: WorkspaceId, fault: Fault): Promise<void>;
  remove(workspace: WorkspaceId, faultId: string): Promise<boolean>;
  /** What has been switched on, used up or expired ones left out. */
  list(workspace: WorkspaceId): Promise<readonly Fault[]>;
  clear(workspace: WorkspaceId): Promise<void>;
}

interface FaultDocument extends Document {
  readonly fault: Fault;
}

const NONE: readonly Fault[] = [];

/**
 * `active` is asked for every request of every block, so each workspace's faults are held in memory and read
 * again only after a change made through this board.
 */
export function createFaults({
  documents,
  realClock,
}: {
  readonly documents: DocumentStore;
  readonly realClock: Clock;
}): FaultBoard {
  const store = documents.collection<FaultDocument>('faults');
  const held = new Map<WorkspaceId, Promise<readonly Fault[]>>();

  function load(workspace: WorkspaceId): Promise<readonly Fault[]> {
    const known = held.get(workspace);
    if (known) return known;
    const loading = store
      .find({ idPrefix: `${workspace}/` })
      .then((found) => (found.length === 0 ? NONE : found.map(({ doc }) => doc.fault)));
    held.set(workspace, loading);
    loading.catch(() => held.delete(workspace));
    return loading;
  }

  function applies(fault: Fault): boolean {
    if (fault.times !== undefined && fault.times <= 0) return false;
    return fault.expiresAt === undefined || Date.parse(fault.expiresAt) > realClock.now().getTime();
  }

  return {
    async active(workspace: WorkspaceId, block: BlockId, operationId: string) {
      const faults = await load(workspace);
      if (faults.length === 0) return NONE;
      return faults.filter(
        (fault) =>
          fault.block === block &&
          (fault.operationId === undefined || fault.operationId === operationId) &&
          applies(fault),
      );
    },
    async used(workspace, faultId) {
      await changeDocument(store, `${workspace}/${faultId}`, (doc) => {
        if (doc.fault.times === undefined) return undefined;
        return { ...doc, fault: { ...doc.fault, times: Math.max(0, doc.fault.times - 1) } };
      });
      held.delete(workspace);
    },
    async add(workspace, fault) {
      await store.put({ _id: `${workspace}/${fault.id}`, fault });
      held.delete(workspace);
    },
    async remove(workspace, faultId) {
      const removed = await store.delete(`${workspace}/${faultId}`);
      held.delete(workspace);
      return removed;
    },
    async list(workspace) {
      return (await load(workspace)).filter(applies);
    },
    async clear(workspace) {
      await store.deleteByPrefix(`${workspace}/`);
      held.delete(workspace);
    },
  };
}
