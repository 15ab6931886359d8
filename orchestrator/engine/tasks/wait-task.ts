import type { WaitTask } from '../../../contracts/workflow.js';
import { instantAfter } from '../deadline.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { timer } from '../run-task.js';

/** Waits on the workspace clock. OWS DSL 1.0.3, Wait. */
export function* performWait(
  { it, place, input, startedAt, begin, begunWith }: TaskWork,
  task: WaitTask,
): FiberBody {
  const due =
    typeof begunWith === 'string' ? begunWith : instantAfter(it, place, task.wait, startedAt, input);
  begin(due);
  yield* timer(it, place.key, due);
  return input;
}
