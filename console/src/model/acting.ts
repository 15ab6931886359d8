import type { HumanTask } from '../../../contracts/human-task.js';
import type { Principal, Role } from '../../../contracts/identity.js';
import type { CaseKind } from '../../../contracts/use-case.js';

/** The server decides who may do what; these only keep the console from offering what it would refuse. */
const operators: readonly Role[] = ['trainer', 'developer', 'administrator'];

export function mayOperate({ roles }: Pick<Principal, 'roles'>): boolean {
  return roles.some((role) => operators.includes(role));
}

/** Who may let personas act, and has workspaces to do it in. */
export function mayTrain({ roles }: Pick<Principal, 'roles'>): boolean {
  return roles.includes('trainer') || roles.includes('administrator');
}

export type TaskHindrance = 'role' | 'person' | 'excluded' | 'claimed' | 'over';

/** Why this person may not do this task; undefined when they may. */
export function hindranceOf(
  task: Pick<HumanTask, 'role' | 'person' | 'excluded' | 'state' | 'assignee'>,
  principal: Pick<Principal, 'roles' | 'person' | 'subject'>,
): TaskHindrance | undefined {
  if (task.state === 'completed' || task.state === 'cancelled') return 'over';
  if (!principal.roles.includes(task.role)) return 'role';
  if (task.person !== undefined && task.person !== principal.person) return 'person';
  if (task.excluded.includes(principal.subject)) return 'excluded';
  if (task.state === 'claimed' && task.assignee !== principal.subject) return 'claimed';
  return undefined;
}

export function isPending({ state }: Pick<HumanTask, 'state'>): boolean {
  return state === 'open' || state === 'claimed';
}

export function mayOpen(
  { startedBy }: Pick<CaseKind, 'startedBy'>,
  { roles }: Pick<Principal, 'roles'>,
): boolean {
  return startedBy.some((role) => roles.includes(role));
}
