import type { AccessRightView } from '../../../contracts/access-right.js';
import type { BlockId } from '../../../contracts/block.js';
import type { LawfulBasisUsed } from '../../../contracts/exchange.js';
import type { PersonConsent } from '../../../contracts/held-consent.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Principal } from '../../../contracts/identity.js';
import type { JsonObject } from '../../../contracts/json.js';
import type { LawfulBasis } from '../../../contracts/use-case.js';

/** Who may call what at the information mediator, and what it recorded about people. */
export interface MediatorPorts {
  readonly rights: {
    list(workspace: WorkspaceId): Promise<readonly AccessRightView[]>;
    revoke(workspace: WorkspaceId, id: string, change: RightChangeRequest): Promise<AccessRightView>;
    grant(workspace: WorkspaceId, id: string, change: RightChangeRequest): Promise<AccessRightView>;
    add(workspace: WorkspaceId, right: NewRight, change: RightChangeRequest): Promise<AccessRightView>;
    /** Returns how many rights changed. */
    restore(workspace: WorkspaceId, change: Omit<RightChangeRequest, 'operations'>): Promise<number>;
  };
  /** Records and seals of the message log, without bodies. */
  exportLog(workspace: WorkspaceId): Promise<JsonObject>;
  /** What was read about a person, or tried to be, newest first. */
  accesses(
    workspace: WorkspaceId,
    person: string,
    query: { readonly after?: number | undefined; readonly limit: number },
  ): Promise<{ readonly accesses: readonly PersonAccess[]; readonly next?: string }>;
  /** What others may read about a person by a consent that holds now, newest first. */
  consents(workspace: WorkspaceId, person: string): Promise<readonly PersonConsent[]>;
}

export interface RightChangeRequest {
  readonly by: Principal;
  readonly why?: string | undefined;
  readonly operations?: readonly string[] | undefined;
}

export interface NewRight {
  readonly client: string;
  readonly service: string;
  readonly basis: LawfulBasis;
}

/** One call about a person: who, what, why, and in which matter. No bodies. */
export interface PersonAccess {
  readonly id: string;
  /** Place in the message log. */
  readonly seq: number;
  /** Instants of the workspace clock and of the machine. */
  readonly time: string;
  readonly at: string;
  readonly client: string;
  readonly clientTitle: string;
  readonly service: string;
  readonly serviceTitle: string;
  readonly block: BlockId;
  readonly operationId?: string;
  readonly outcome: 'answered' | 'refused' | 'unreachable';
  readonly status: number;
  /** Absent where the call named no fields; `*` is everything. */
  readonly fields?: readonly string[];
  readonly basis?: LawfulBasisUsed;
  readonly refusal?: string;
  readonly case?: {
    readonly id: string;
    readonly number: string;
    readonly useCase: string;
    readonly kind: string;
  };
  readonly step?: string;
}
