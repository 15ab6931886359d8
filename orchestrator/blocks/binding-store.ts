import type { Clock } from '../../contracts/clock.js';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Binding } from './binding.js';
import { targetName, type BindingTarget } from './binding-target.js';

export interface StoredBinding {
  readonly target: BindingTarget;
  readonly binding: Binding;
  /**
   * A spy's real system left the outcome of a write unclear at this instant of real time. From then on the mock does
   * not step in: it would answer "unknown" about what the real system may have done.
   */
  readonly unclearSince?: string;
}

interface BindingDocument extends Document, StoredBinding {}

/** By target name, such as `payments` or `payments#bulkPayment`. */
export type StoredBindings = ReadonlyMap<string, StoredBinding>;

export interface BindingStore {
  of(workspace: WorkspaceId): Promise<StoredBindings>;
  put(workspace: WorkspaceId, stored: StoredBinding): Promise<void>;
  /** False when there was none. */
  remove(workspace: WorkspaceId, target: BindingTarget): Promise<boolean>;
  clear(workspace: WorkspaceId): Promise<void>;
}

/** How long another process may go on with what it read. In the process that changes a binding it holds at once. */
const FRESH_FOR_MS = 1_000;

interface Known {
  readonly bindings: Promise<StoredBindings>;
  readonly readAt: number;
}

/** Bindings by workspace and target. They are read for each call, so they are kept a moment. */
export function createBindingStore(documents: DocumentStore, realClock: Clock): BindingStore {
  const collection = documents.collection<BindingDocument>('bindings');
  const known = new Map<WorkspaceId, Known>();

  async function read(workspace: WorkspaceId): Promise<StoredBindings> {
    const found = await collection.find({ idPrefix: `${workspace}/` });
    return new Map(found.map(({ doc: { _id: _, ...stored } }) => [targetName(stored.target), stored]));
  }

  return {
    async of(workspace) {
      const now = realClock.now().getTime();
      const kept = known.get(workspace);
      if (kept && now - kept.readAt < FRESH_FOR_MS) return kept.bindings;
      const bindings = read(workspace);
      known.set(workspace, { bindings, readAt: now });
      // What could not be read is read again by the next call.
      bindings.catch(() => known.delete(workspace));
      return bindings;
    },
    async put(workspace, stored) {
      await collection.put({ _id: `${workspace}/${targetName(stored.target)}`, ...stored });
      known.delete(workspace);
    },
    async remove(workspace, target) {
      const removed = await collection.delete(`${workspace}/${targetName(target)}`);
      known.delete(workspace);
      return removed;
    },
    async clear(workspace) {
      await collection.deleteByPrefix(`${workspace}/`);
      known.delete(workspace);
    },
  };
}
