import type { Json } from '../../../contracts/json.js';
import { isJsonObject } from '../../../contracts/json.js';
import type { ForkTask } from '../../../contracts/workflow.js';
import { currentKey } from '../compensated.js';
import type { FiberBody } from '../fiber.js';
import { scopeOf, WorkflowEnd } from '../interpreter.js';
import { childKey } from '../instance-key.js';
import { assertFanOut } from '../limit.js';
import type { TaskWork } from '../task-work.js';

/** Branches side by side: all outputs in branch order, or the first to end when they compete. OWS DSL 1.0.3, Fork. */
export function* performFork({ it, place, input, begin }: TaskWork, task: ForkTask): FiberBody {
  assertFanOut(it, place, task.fork.branches.length);
  begin();
  const bodies = task.fork.branches.flatMap((entry, index) =>
    Object.entries(entry).map(
      ([name, branch]) =>
        function* (): FiberBody {
          const key = currentKey(it.memo, childKey(`${place.key}/fork/branches`, index, name, 1));
          const result = yield* it.runTask(it, { ...scopeOf(place), key, name, task: branch }, input);
          // Branches have no order to go on in: of the directives, only `end` means something.
          if (result.then === 'end') throw new WorkflowEnd(result.output);
          return result.output;
        },
    ),
  );
  if (task.fork.compete === true) {
    const winner: Json = yield { kind: 'race', bodies };
    return isJsonObject(winner) ? (winner['output'] ?? null) : null;
  }
  return yield { kind: 'all', bodies, limit: bodies.length };
}
