import type { HumanTask } from '../../contracts/human-task.js';
import type { Principal } from '../../contracts/identity.js';
import { SandboxError } from '../../contracts/problems.js';

/** Throws unless this person may do this task now: role, person, separation of duties, state. */
export function assertMayComplete(task: HumanTask, principal: Principal): void {
  if (!principal.roles.includes(task.role)) {
    throw new SandboxError('GSB-AUT-002', { detail: `"${task.title}" is for the role ${task.role}.` });
  }
  if (task.person !== undefined && task.person !== principal.person) {
    throw new SandboxError('GSB-AUT-002', {
      detail: `"${task.title}" is for the person it is about, and nobody else.`,
    });
  }
  if (task.excluded.includes(principal.subject)) {
    throw new SandboxError('GSB-AUT-003', {
      detail: `${principal.username} acted in an earlier step of this case; "${task.title}" needs somebody else.`,
    });
  }
  if (task.state === 'completed' || task.state === 'cancelled') {
    throw new SandboxError('GSB-REQ-003', { detail: `The task is ${task.state} already.` });
  }
  if (task.state === 'claimed' && task.assignee !== principal.subject) {
    throw new SandboxError('GSB-REQ-003', { detail: 'Another person has claimed this task.' });
  }
}
