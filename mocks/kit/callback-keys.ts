import type { CallbackKey } from '../../contracts/callbacks.js';
import type { Clock } from '../../contracts/clock.js';
import type { Digest } from '../../contracts/digest.js';
import { changeDocument, type Document, type DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';

/** The keys that the callbacks of a workspace are signed with. They outlive a reset: receivers hold them. */
export interface CallbackKeys {
  /** The current one first; the one before it while it retires. */
  list(workspace: WorkspaceId): Promise<readonly CallbackKey[]>;
  /** Signs with a new key from now on, and with the present one for 24 more hours. */
  rotate(workspace: WorkspaceId): Promise<readonly CallbackKey[]>;
}

interface KeysDocument extends Document {
  readonly generation: number;
  readonly rotatedAt: string;
}

const OVERLAP_MS = 24 * 3_600_000;

/** Secrets are worked out of the installation's own, so that only a count is stored. */
export function createCallbackKeys({
  documents,
  digest,
  realClock,
}: {
  readonly documents: DocumentStore;
  readonly digest: Digest;
  readonly realClock: Clock;
}): CallbackKeys {
  const store = documents.collection<KeysDocument>('callback-keys');

  const key = (workspace: WorkspaceId, generation: number): Pick<CallbackKey, 'id' | 'secret'> => ({
    id: `k${generation}`,
    secret: digest.keyed(`callbacks:${workspace}${generation === 1 ? '' : `:${generation}`}`),
  });

  async function list(workspace: WorkspaceId): Promise<readonly CallbackKey[]> {
    const found = (await store.get(workspace))?.doc;
    if (found === undefined) return [{ ...key(workspace, 1), state: 'current' }];
    const { generation, rotatedAt } = found;
    const current = { ...key(workspace, generation), state: 'current' } as const;
    const until = new Date(Date.parse(rotatedAt) + OVERLAP_MS);
    if (until <= realClock.now()) return [current];
    return [current, { ...key(workspace, generation - 1), state: 'retiring', until: until.toISOString() }];
  }

  return {
    list,
    async rotate(workspace) {
      const rotatedAt = realClock.now().toISOString();
      const first = await store.insert({ _id: workspace, generation: 2, rotatedAt });
      if (!first)
        await changeDocument(store, workspace, (doc) => ({
          ...doc,
          generation: doc.generation + 1,
          rotatedAt,
        }));
      return list(workspace);
    },
  };
}
