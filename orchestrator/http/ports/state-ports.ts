import type { BlockId } from '../../../contracts/block.js';
import type {
  CollectionCount,
  StateDocument,
  StateExport,
  StatePage,
  StateQuery,
} from '../../../contracts/block-state.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';

/** What the building blocks keep. Whoever changes it is noted in the workspace's log, with where, and not with what. */
export interface StatePorts {
  collections(workspace: WorkspaceId, block: BlockId): Promise<readonly CollectionCount[]>;
  list(workspace: WorkspaceId, block: BlockId, collection: string, query: StateQuery): Promise<StatePage>;
  put(
    workspace: WorkspaceId,
    block: BlockId,
    collection: string,
    document: StateDocument,
    by: Principal,
  ): Promise<void>;
  /** GSB-REQ-002 when there is none. */
  remove(
    workspace: WorkspaceId,
    block: BlockId,
    collection: string,
    id: string,
    by: Principal,
  ): Promise<void>;
  export(workspace: WorkspaceId, block: BlockId): Promise<StateExport>;
  import(
    workspace: WorkspaceId,
    block: BlockId,
    state: { readonly collections: StateExport; readonly replace: boolean },
    by: Principal,
  ): Promise<number>;
  /** Empties the block and seeds it anew. */
  reset(workspace: WorkspaceId, block: BlockId, by: Principal): Promise<void>;
}
