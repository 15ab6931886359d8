import type { WaitTask } from '../../../contracts/workflow.js';
import { timer } from '../ask.js';
import { instantAfter } from '../deadline.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';

/** Waits on the workspace clock. OWS DSL 1.0.3, Wait. */
export function* performWait(work: TaskWork, task: WaitTask): FiberBody {
  const { it, place, input, startedAt, begin, begunWith } = work;
  const due =
    typeof begunWith === 'string'
      ? begunWith
      : instantAfter(it, place, task.wait, startedAt, input, () => work.variables());
  begin(due);
  yield* timer(it, place.key, due);
  return input;
}
