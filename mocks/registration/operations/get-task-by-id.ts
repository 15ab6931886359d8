import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { applicationOf, taskOf } from '../lookup.js';
import type { RegistrationState } from '../state.js';
import { taskView } from '../task.js';

/** Registration, getTaskById. */
export async function getTaskById({
  state,
  path,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const task = await taskOf(state, path.taskId ?? '');
  return { status: 200, rule: 'found', body: taskView(task, await applicationOf(state, task.fileId)) };
}
