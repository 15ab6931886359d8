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
  | { readonly type: 'clock.moved'; readonly from: string; readonly to: string; readonly by: string }
  | TaskEvent
  | { readonly type: 'fault.added' | 'fault.removed'; readonly block: BlockId; readonly kind: string }
  | { readonly type: 'workspace.reset' }
);

export interface TaskEvent {
  readonly type: 'human-task.opened' | 'human-task.claimed' | 'human-task.completed' | 'human-task.cancelled';
  readonly taskId: string;
  readonly caseId: string;
  readonly runId: string;
  readonly name: string;
  readonly role: HumanTask['role'];
  /** The user name of the person who claimed or completed it. */
  readonly by?: string;
}
