import type { SwitchTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { evaluateAt, isTrue } from '../variables.js';

/**
 * The first case whose condition holds decides where to go; else the one without a condition, wherever it stands; none
 * leaves it to the task's own `then`. OWS DSL 1.0.3, Switch.
 */
// eslint-disable-next-line require-yield -- all tasks are generators
export function* performSwitch(work: TaskWork, task: SwitchTask): FiberBody {
  const { it, place, input, notes } = work;
  const variables = work.variables();
  const cases = task.switch.flatMap((entry) => Object.values(entry));
  const chosen =
    cases.find(({ when }) => when !== undefined && isTrue(evaluateAt(it, place, when, input, variables))) ??
    cases.find(({ when }) => when === undefined);
  if (chosen !== undefined) notes.then = chosen.then;
  return input;
}
