import type { BlockId, StateCollection, StateDocument, StateDump } from '../../../contracts/block.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import type { JsonObject } from '../../../contracts/json.js';

/** What the mocks know, to be looked into and changed. Errors as in `BlockState`; changes are noted in the workspace's log. */
export interface StatePorts {
  collections(
    workspace: WorkspaceId,
    block: BlockId,
  ): Promise<{ readonly title: string; readonly collections: readonly StateCollection[] }>;
  list(
    workspace: WorkspaceId,
    block: BlockId,
    collection: string,
    query: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly text?: string | undefined;
    },
  ): Promise<{ readonly documents: readonly StateDocument[]; readonly next?: string }>;
  get(workspace: WorkspaceId, at: StatePlace): Promise<StateDocument>;
  put(
    workspace: WorkspaceId,
    at: StatePlace,
    change: { readonly document: JsonObject; readonly version: number | undefined; readonly by: Principal },
  ): Promise<StateDocument & { readonly created: boolean }>;
  remove(
    workspace: WorkspaceId,
    at: StatePlace,
    change: { readonly version: number | undefined; readonly by: Principal },
  ): Promise<void>;
  export(workspace: WorkspaceId, block: BlockId): Promise<StateDump>;
  import(
    workspace: WorkspaceId,
    block: BlockId,
    dump: StateDump,
    by: Principal,
  ): Promise<Readonly<Record<string, number>>>;
  /** Empties the block and seeds it again. */
  reset(workspace: WorkspaceId, block: BlockId, by: Principal): Promise<void>;
}

export interface StatePlace {
  readonly block: BlockId;
  readonly collection: string;
  readonly id: string;
}
