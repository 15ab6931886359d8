import type { BlockId } from '../../../contracts/block.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { JsonObject } from '../../../contracts/json.js';
import type { Operation, OperationContext } from '../../kit/block-definition.js';
import type { Directory } from '../directory.js';

/** The block keeps no state of its own: it shows the directory that the relay works by. */
export interface MediatorPorts {
  readonly directory: Directory;
  readonly openapiOf: (block: BlockId) => JsonObject | undefined;
  /** Public address of a workspace's tree, without a trailing slash. */
  readonly baseUrlOf: (workspace: WorkspaceId) => string;
}

export type NoState = Readonly<Record<string, never>>;
export type MediatorOperation = Operation<NoState>;
export type MediatorContext = OperationContext<NoState>;
export type CreateOperation = (ports: MediatorPorts) => MediatorOperation;
