import type { Json } from '../../../contracts/json.js';
import type { CallTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import { earlierAttempts } from '../instance-key.js';
import type { TaskWork } from '../task-work.js';
import { runTask } from '../run-task.js';
import { resolveAt, variablesOf } from '../variables.js';

/** A block, an HTTP endpoint, a function of the catalog, or one of `use.functions`. OWS DSL 1.0.3, Call. */
export function* performCall(work: TaskWork, task: CallTask): FiberBody {
  const { it, place, input, startedAt, begin } = work;
  // Every attempt sends exactly the same: only then may the block take them for one request.
  const before = earlierAttempts(place.key).map((key) => it.memo.tasks.get(key)?.started?.args);
  const begunWith = work.begunWith ?? before.find((args) => args !== undefined);
  const doubtful = work.doubtful || before.length > 0;
  const variables = variablesOf(it, place, { input, startedAt });
  const args: Json = begunWith ?? resolveAt(it, place, task.with ?? {}, input, variables, false);
  begin(args);
  const own = it.document.use?.functions?.[task.call];
  if (own !== undefined) {
    const result = yield* runTask(
      it,
      { key: `${place.key}/function`, name: task.call, task: own, locals: place.locals },
      args,
    );
    return result.output;
  }
  return yield {
    kind: 'effect',
    effect: {
      kind: 'call',
      key: place.key,
      task,
      args,
      input,
      variables,
      step: place.task.metadata?.sandbox?.step,
      doubtful,
    },
  };
}
