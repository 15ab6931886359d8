import { SandboxError } from '../../contracts/problems.js';
import {
  hasEnded,
  type Application,
  type Operator,
  type StatusChange,
  type StatusCode,
} from './application.js';
import { openTask, type Task } from './task.js';

/** Rejected is not the end of the road: an appeal reopens the file, or grants it at once. */
const NEXT: Readonly<Record<StatusCode, readonly StatusCode[]>> = {
  PENDING: ['APPROVED', 'SENDBACK', 'REJECTED'],
  SENDBACK: ['PENDING', 'REJECTED'],
  REJECTED: ['PENDING', 'APPROVED'],
  APPROVED: [],
};

const TITLES: Readonly<Record<StatusCode, string>> = {
  PENDING: 'Pending',
  APPROVED: 'Approved',
  SENDBACK: 'Sent back for correction',
  REJECTED: 'Rejected',
};

export interface Decision extends Operator {
  readonly code: StatusCode;
  readonly title?: string;
}

export interface Moved {
  readonly application: Application;
  /** Open tasks that this ends, and the one that it opens. */
  readonly tasks: readonly Task[];
}

export function statusChange({ code, title, ...operator }: Decision, at: string): StatusChange {
  return { code, title: title ?? TITLES[code], at, ...operator };
}

/** Gives the file another status and lets its tasks follow. Raises GSB-REQ-003 for a step that is not allowed. */
export function moveTo(
  application: Application,
  decision: Decision,
  openTasks: readonly Task[],
  at: string,
): Moved {
  if (!NEXT[application.status].includes(decision.code)) {
    const allowed = NEXT[application.status].join(', ') || 'nothing';
    throw new SandboxError('GSB-REQ-003', {
      detail: `status.code: ${application.status} cannot become ${decision.code}, only ${allowed}`,
    });
  }
  const moved: Application = {
    ...application,
    status: decision.code,
    history: [...application.history, statusChange(decision, at)],
  };
  const ended = openTasks.map((task): Task => ({ ...task, state: 'completed' }));
  if (hasEnded(moved)) return { application: moved, tasks: ended };
  const number = application.taskCount + 1;
  const opened = openTask(moved, number, decision.code === 'SENDBACK' ? 'correction' : 'review', at);
  return { application: { ...moved, taskCount: number }, tasks: [...ended, opened] };
}
