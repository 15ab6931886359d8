import type { BlockId, BlockRequest, BlockResponse, ConnectionLostError } from '../../contracts/block.js';
import type { ContractViolation } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { JsonObject } from '../../contracts/json.js';
import type { DirectoryService } from './directory-service.js';

/** What the mediator asks of the rest of the sandbox; `app` hands these in. */

/** The operation that a request means, by the block's own OpenAPI document. */
export interface MatchedOperation {
  readonly operationId: string;
  /** The path as the document spells it. */
  readonly template: string;
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

export type OperationOf = (
  block: BlockId,
  request: Pick<BlockRequest, 'method' | 'path' | 'query'>,
) => MatchedOperation | undefined;

/** Operations of a service that are like a request that found none, nearest first. */
export type NearOperations = (
  service: DirectoryService,
  request: Pick<BlockRequest, 'method' | 'path'>,
) => readonly string[];

export type Delivery =
  /** `deliveredTo` is `mock`, or the real system's base URL without credentials. */
  | {
      readonly kind: 'answered';
      readonly deliveredTo: string;
      readonly response: BlockResponse;
      readonly violations?: readonly ContractViolation[];
    }
  | { readonly kind: 'lost'; readonly deliveredTo: string; readonly error: ConnectionLostError };

/** Delivers to whatever is bound to the service; the request's path is below the block's root. */
export type Deliver = (
  workspace: WorkspaceId,
  service: DirectoryService,
  request: BlockRequest,
  operationId: string,
) => Promise<Delivery>;

/** An event of a room, on its way to the workflows: `source` is the publisher's member path. */
export interface AnnouncedEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** Instant of the workspace clock. */
  readonly time: string;
  readonly data: JsonObject;
}

/** At least once: the same source and id is the same event. */
export type Announce = (workspace: WorkspaceId, event: AnnouncedEvent) => Promise<void>;

export interface ConsentQuestion {
  /** Id of the data agreement. */
  readonly agreement: string;
  /** The person, as the request names them. */
  readonly subject: string;
  /** Instant of the workspace clock. */
  readonly at: Date;
}

export interface LiveConsent {
  readonly consentRecord: string;
  /** Names of the attributes that the data agreement lists. */
  readonly fields: readonly string[];
}

export interface Consents {
  /** The person's signed, opted-in and unexpired consent under the agreement; undefined when there is none. */
  live(workspace: WorkspaceId, question: ConsentQuestion): Promise<LiveConsent | undefined>;
}
