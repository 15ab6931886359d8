import type { BlockId } from './block.js';
import type { HumanTask } from './human-task.js';

/** What happens to a workspace outside any single run: stream `<workspace>/log`. References only. */
export type WorkspaceEvent = { readonly time: string; readonly at: string } & (
  | {
      readonly type: 'case.opened';
      readonly caseId: string;
      readonly useCase: string;
      readonly kind: string;
      readonly number: string;
    }
  | {
      readonly type: 'clock.moved';
      readonly from: string;
      readonly to: string;
      readonly by: string;
      /** How many timers came due on the way. */
      readonly fired?: number;
    }
  | { readonly type: 'clock.frozen' | 'clock.unfrozen'; readonly by: string }
  | EventPublished
  | TaskEvent
  | ({ readonly by: string; readonly why?: string } & (
      | {
          readonly type: 'access-right.revoked' | 'access-right.granted';
          readonly right: string;
          readonly client: string;
          readonly service: string;
          /** Only these; all that the right covers when absent. */
          readonly operations?: readonly string[];
        }
      | { readonly type: 'access-right.restored'; readonly restored: number }
    ))
  | { readonly type: 'fault.added' | 'fault.removed'; readonly block: BlockId; readonly kind: string }
  | BindingChanged
  | StateEdited
  | { readonly type: 'workspace.reset' }
  | { readonly type: 'workspace.restored'; readonly by: string; readonly snapshot: string }
  | { readonly type: 'person.erased'; readonly by: string; readonly person: string; readonly reason: string }
);

/** Something else stands behind a block from now on. */
export interface BindingChanged {
  readonly type: 'binding.changed';
  readonly block: BlockId;
  readonly service?: string;
  readonly operationId?: string;
  /** `mock`, `real https://pay.example/api` or `spy ...`; `default` where the next wider binding applies. */
  readonly from: string;
  readonly to: string;
  readonly by: string;
}

/** Somebody changed what a building block keeps, past its operations: where, and not what. */
export interface StateEdited {
  readonly type: 'state.edited';
  readonly block: BlockId;
  readonly change: 'put' | 'deleted' | 'imported' | 'replaced' | 'reset';
  readonly collection?: string;
  readonly document?: string;
  /** How many documents an import brought. */
  readonly documents?: number;
  readonly by: string;
}

/** An event for every run that listens, with its attributes; the data stays with the runs. */
export interface EventPublished {
  readonly type: 'event.published';
  readonly eventType: string;
  readonly eventId: string;
  readonly source: string;
  /** The user name of the person, or the member path of the application, that published it. */
  readonly by: string;
}

export interface TaskEvent {
  readonly type:
    | 'human-task.opened'
    | 'human-task.claimed'
    | 'human-task.completed'
    | 'human-task.cancelled'
    | 'human-task.escalated';
  readonly taskId: string;
  readonly caseId: string;
  readonly runId: string;
  readonly name: string;
  readonly role: HumanTask['role'];
  /** Of an escalation: the role that had it before. */
  readonly from?: HumanTask['role'];
  /** The user name of the person who claimed or completed it. */
  readonly by?: string;
}
