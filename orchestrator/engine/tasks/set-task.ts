import type { SetTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt } from '../variables.js';

/** OWS DSL 1.0.3, Set. */
// eslint-disable-next-line require-yield -- all tasks are generators
export function* performSet(work: TaskWork, task: SetTask): FiberBody {
  const { it, place, input } = work;
  return resolveAt(it, place, task.set, input, work.variables(), typeof task.set === 'string');
}
