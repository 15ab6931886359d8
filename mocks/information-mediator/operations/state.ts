import type { BlockId } from '../../../contracts/block.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { JsonObject } from '../../../contracts/json.js';
import type { Operation, OperationContext } from '../../kit/block-definition.js';
import type { Directory } from '../directory.js';
import type { Announce } from '../ports.js';
import type { PubSubState } from '../pubsub/state.js';

/** The directory is the one that the relay works by; the block's own state is that of its rooms. */
export interface MediatorPorts {
  readonly directory: Directory;
  /** The same with the access rights of a workspace, as they stand now. */
  readonly directoryOf: (workspace: WorkspaceId) => Promise<Directory>;
  readonly openapiOf: (block: BlockId) => JsonObject | undefined;
  /** Public address of a workspace's tree, without a trailing slash. */
  readonly baseUrlOf: (workspace: WorkspaceId) => string;
  /** Tells the workflows that listen of a published event; nobody listens when it is absent. */
  readonly announce?: Announce;
}

export type MediatorOperation = Operation<PubSubState>;
export type MediatorContext = OperationContext<PubSubState>;
export type CreateOperation = (ports: MediatorPorts) => MediatorOperation;
