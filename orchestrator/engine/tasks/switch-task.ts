import type { SwitchTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { evaluateAt, isTrue, variablesOf } from '../variables.js';

/** The first case that holds decides where to go; none leaves it to the task's own `then`. OWS DSL 1.0.3, Switch. */
// eslint-disable-next-line require-yield -- all tasks are generators
export function* performSwitch(
  { it, place, input, startedAt, notes }: TaskWork,
  task: SwitchTask,
): FiberBody {
  const variables = variablesOf(it, place, { input, startedAt });
  for (const entry of task.switch) {
    for (const branch of Object.values(entry)) {
      if (branch.when === undefined || isTrue(evaluateAt(it, place, branch.when, input, variables))) {
        notes.then = branch.then;
        return input;
      }
    }
  }
  return input;
}
