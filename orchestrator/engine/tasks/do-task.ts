import type { DoTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { runList } from '../run-list.js';

/** OWS DSL 1.0.3, Do. */
export function* performDo({ it, place, input, begin }: TaskWork, task: DoTask): FiberBody {
  begin();
  return yield* runList(it, task.do, `${place.key}/do`, input, place);
}
