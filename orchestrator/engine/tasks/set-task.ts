import type { SetTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt, variablesOf } from '../variables.js';

/** OWS DSL 1.0.3, Set. */
// eslint-disable-next-line require-yield -- all tasks are generators
export function* performSet({ it, place, input, startedAt }: TaskWork, task: SetTask): FiberBody {
  return resolveAt(
    it,
    place,
    task.set,
    input,
    variablesOf(it, place, { input, startedAt }),
    typeof task.set === 'string',
  );
}
