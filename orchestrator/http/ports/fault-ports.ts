import type { BlockId, Fault, FaultCount } from '../../../contracts/block.js';
import type { FaultRequest } from '../../../contracts/faults.js';
import type { WorkspaceId } from '../../../contracts/ids.js';

/** What trainers break on purpose. */
export interface FaultPorts {
  /** Those that still apply, with how often they struck. */
  list(workspace: WorkspaceId, block: BlockId): Promise<readonly (Fault & FaultCount)[]>;
  /** GSB-REQ-001 when the block has no such operation. */
  add(workspace: WorkspaceId, block: BlockId, fault: FaultRequest): Promise<Fault & FaultCount>;
  clear(workspace: WorkspaceId, block: BlockId): Promise<void>;
  /** GSB-REQ-002 when this block has no such fault. */
  remove(workspace: WorkspaceId, block: BlockId, fault: string): Promise<void>;
}
