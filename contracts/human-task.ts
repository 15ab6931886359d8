import type { CaseId, PersonRef, RunId, TaskId, WorkspaceId } from './ids.js';
import type { Json } from './json.js';
import type { Role } from './identity.js';

/** Work that waits for a person. Completing it with data that its form refuses, or in another role, is refused. */
export interface HumanTask {
  readonly _id: string;
  readonly id: TaskId;
  readonly workspace: WorkspaceId;
  readonly useCase: string;
  readonly caseId: CaseId;
  readonly runId: RunId;
  /** The task instance in the run that waits. */
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly role: Role;
  /** Only this person may do it (a citizen's own consent). */
  readonly person?: PersonRef;
  /** Subjects that may not do it: separation of duties. */
  readonly excluded: readonly string[];
  readonly form: string;
  /** What the form shows and starts from. Personal: never logged. */
  readonly data: Json;
  /** When it should be done, on the workspace clock. That alone ends nothing. */
  readonly due?: string;
  /** To whom it moves when it is not done by then. */
  readonly escalation?: { readonly at: string; readonly to: Role };
  readonly escalatedAt?: string;
  /** The role that had it before. */
  readonly escalatedFrom?: Role;
  readonly state: 'open' | 'claimed' | 'completed' | 'cancelled';
  readonly assignee?: string;
  readonly createdAt: string;
  readonly completedAt?: string;
  readonly completedBy?: string;
  readonly result?: Json;
}

/** What the workflow gets back: the output of `call: humanTask`. */
export interface HumanTaskOutcome {
  readonly data: Json;
  readonly by: { readonly subject: string; readonly username: string; readonly role: Role };
  readonly at: string;
  /** JWS over an Attestation: proof for blocks that a person acted in a session of their own. */
  readonly attestation: string;
}
