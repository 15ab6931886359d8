import type { BlockId } from '../../../contracts/block.js';
import type {
  CollectionCount,
  StateDocument,
  StateExport,
  StatePage,
  StateQuery,
} from '../../../contracts/block-state.js';
import type { Stored } from '../../../contracts/documents.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';

/** What the building blocks keep. Whoever changes it is noted in the workspace's log, with where, and not with what. */
export interface StatePorts {
  collections(workspace: WorkspaceId, block: BlockId): Promise<readonly CollectionCount[]>;
  list(workspace: WorkspaceId, block: BlockId, collection: string, query: StateQuery): Promise<StatePage>;
  /** GSB-REQ-002 when there is none. */
  get(workspace: WorkspaceId, block: BlockId, collection: string, id: string): Promise<Stored<StateDocument>>;
  /** With a version: GSB-REQ-008 when it no longer has that one. Answers the new version. */
  put(
    workspace: WorkspaceId,
    block: BlockId,
    collection: string,
    change: { readonly document: StateDocument; readonly version?: number },
    by: Principal,
  ): Promise<number>;
  /** GSB-REQ-002 when there is none. */
  remove(
    workspace: WorkspaceId,
    block: BlockId,
    collection: string,
    of: { readonly id: string; readonly version?: number },
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
