import type { BlockId } from '../../../contracts/block.js';
import type { ContractDiff } from '../../../contracts/contract-diff.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import type { JsonObject } from '../../../contracts/json.js';

/** A block, or one of its services, as a whole or one operation. */
export interface BindingPlace {
  readonly block: BlockId;
  readonly service?: string | undefined;
  readonly operationId?: string | undefined;
}

/** A binding as people see it: secrets by name only. */
export interface BindingView {
  readonly service?: string | undefined;
  readonly operationId?: string | undefined;
  readonly binding: JsonObject;
  readonly unclearSince?: string | undefined;
}

export interface BindingPorts {
  /** The block's own binding first, which is there always; then those of services and operations. */
  list(workspace: WorkspaceId, block: BlockId): Promise<readonly BindingView[]>;
  /**
   * Switches at once, and notes it in the workspace's log. Raises GSB-REQ-001, GSB-BLK-003, and GSB-REQ-003 with the
   * comparison when the candidate's contract would break an operation that a loaded use case calls.
   */
  set(
    workspace: WorkspaceId,
    place: BindingPlace,
    request: {
      readonly binding: JsonObject;
      readonly document?: string | undefined;
      readonly force: boolean;
    },
    by: Principal,
  ): Promise<{ readonly view: BindingView; readonly check?: ContractDiff }>;
  /** Back to what the next wider binding says, and to the mock in the end. Raises GSB-REQ-002 when none was set. */
  remove(workspace: WorkspaceId, place: BindingPlace, by: Principal): Promise<void>;
  check(
    workspace: WorkspaceId,
    place: BindingPlace,
    request: { readonly binding: JsonObject; readonly document?: string | undefined },
  ): Promise<ContractDiff>;
}
