import type { BlockId } from '../../../contracts/block.js';
import type { CallbackKey, CallbackState, CallbackView } from '../../../contracts/callbacks.js';
import type { WorkspaceId } from '../../../contracts/ids.js';

/** What the building blocks sent to whoever asked to be called back. */
export interface CallbackPorts {
  /** Newest first, without bodies; `next` goes on behind the page, as `after`. */
  list(
    workspace: WorkspaceId,
    query: {
      readonly block?: BlockId | undefined;
      readonly state?: CallbackState | undefined;
      readonly after?: string | undefined;
      readonly limit: number;
    },
  ): Promise<{ readonly callbacks: readonly CallbackView[]; readonly next?: string }>;
  /** With its body. GSB-REQ-002 when there is none. */
  get(workspace: WorkspaceId, id: string): Promise<CallbackView>;
  /** Delivers it once more, with the same id and body. GSB-REQ-002 when there is none. */
  replay(workspace: WorkspaceId, id: string): Promise<CallbackView>;
  keys(workspace: WorkspaceId): Promise<readonly CallbackKey[]>;
  rotateKeys(workspace: WorkspaceId): Promise<readonly CallbackKey[]>;
}
