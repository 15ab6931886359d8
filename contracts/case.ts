import type { CaseId, PersonRef, RunId, WorkspaceId } from './ids.js';
import type { JsonObject } from './json.js';

/** A case joins the runs about one matter: an application, a campaign, a payment cycle. Derived from run events. */
export interface Case {
  readonly _id: string;
  readonly id: CaseId;
  readonly workspace: WorkspaceId;
  readonly useCase: string;
  readonly kind: string;
  /** What people read: USCT-A-000042. */
  readonly number: string;
  /** The person it is about, as an opaque reference. */
  readonly person?: PersonRef;
  /** The case whose run opened this one. */
  readonly openedBy?: CaseId;
  readonly state: string;
  readonly step?: string;
  readonly history: readonly CaseMove[];
  readonly runs: readonly RunId[];
  /** Those of its runs that ended and were removed since (SANDBOX_KEEP_RUNS, SANDBOX_KEEP_RUNS_FOR). */
  readonly removed?: readonly RunId[];
  /** Figures that are not personal: household size, package, region, amount. Set by workflows. */
  readonly facts: JsonObject;
  /** The building blocks that its runs have called, in the order of their names; and the same as one text, to be searched. */
  readonly blocks?: readonly string[];
  readonly blockSet?: string;
  readonly openedAt: string;
  readonly closedAt?: string;
  /** Set while a run of it is parked. */
  readonly trouble?: string;
}

export interface CaseMove {
  readonly state: string;
  readonly at: string;
  readonly run: RunId;
  readonly task: string;
}
