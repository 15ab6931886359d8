import type { Clock } from '../../contracts/clock.js';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Binding } from './binding.js';

interface BindingDocument extends Document {
  readonly target: string;
  readonly binding: Binding;
}

export interface BindingStore {
  of(workspace: WorkspaceId): Promise<ReadonlyMap<string, Binding>>;
  put(workspace: WorkspaceId, target: string, binding: Binding): Promise<void>;
  clear(workspace: WorkspaceId): Promise<void>;
}

/** How long another process may go on with what it read. In the process that changes a binding it holds at once. */
const FRESH_FOR_MS = 1_000;

interface Known {
  readonly bindings: Promise<ReadonlyMap<string, Binding>>;
  readonly readAt: number;
}

/** Bindings by workspace and target (a block's or service's id). They are read for each call, so they are kept a moment. */
export function createBindingStore(documents: DocumentStore, realClock: Clock): BindingStore {
  const collection = documents.collection<BindingDocument>('bindings');
  const known = new Map<WorkspaceId, Known>();

  async function read(workspace: WorkspaceId): Promise<ReadonlyMap<string, Binding>> {
    const found = await collection.find({ idPrefix: `${workspace}/` });
    return new Map(found.map(({ doc }) => [doc.target, doc.binding]));
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
    async put(workspace, target, binding) {
      await collection.put({ _id: `${workspace}/${target}`, target, binding });
      known.delete(workspace);
    },
    async clear(workspace) {
      await collection.deleteByPrefix(`${workspace}/`);
      known.delete(workspace);
    },
  };
}
