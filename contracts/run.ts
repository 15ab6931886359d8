import type { CaseId, PersonRef, RunId, WorkspaceId } from './ids.js';
import type { RunError, RunOrigin, RunStatus } from './run-event.js';
import type { TaskKind, WorkflowReference } from './workflow.js';

/** A run at a glance: derived from its journal, rewritten at the end of each advance. */
export interface Run {
  readonly _id: string;
  readonly id: RunId;
  readonly workspace: WorkspaceId;
  readonly useCase: string;
  readonly caseId: CaseId;
  readonly workflow: WorkflowReference;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Why it faulted. */
  readonly error?: RunError;
  readonly parent?: { readonly runId: string; readonly key: string };
  /** SHA-256 of the document that it runs. */
  readonly digest?: string;
  /** Of the request that it comes of. */
  readonly correlation?: string;
  /** The run that it runs again, and from where. */
  readonly origin?: RunOrigin;
  /** The person its case is about. */
  readonly person?: PersonRef;
  /** The building blocks that it has called, in the order of their names. */
  readonly blocks?: readonly string[];
  /** `blocks` joined by commas: what a search by block compares. */
  readonly blockSet?: string;
  /** What it waits for, while it waits. */
  readonly waiting: readonly WaitingFor[];
  /** Length of the journal and position in the inbox when this was written: the recovery sweep compares. */
  readonly version: number;
  readonly inbox: number;
}

export interface WaitingFor {
  readonly key: string;
  readonly name: string;
  readonly kind: TaskKind;
  readonly due?: string;
}
