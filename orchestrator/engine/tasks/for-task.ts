import type { Json } from '../../../contracts/json.js';
import type { ForTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import { scopeOf, type Locals } from '../interpreter.js';
import { childKey, pointerOf } from '../instance-key.js';
import { assertFanOut, isLimit } from '../limit.js';
import { wasReached } from '../memo.js';
import type { TaskWork } from '../task-work.js';
import { runList } from '../run-list.js';
import { evaluateAt, isTrue, resolveAt } from '../variables.js';
import { standardError, WorkflowError } from '../workflow-error.js';

/**
 * Sequential as the specification has it (each iteration starts from the last one's output), or, with
 * `metadata.sandbox.concurrency`, a parallel map: isolated iterations, the outputs as an ordered array.
 * OWS DSL 1.0.3, For; the map is this sandbox's extension.
 */
export function* performFor(work: TaskWork, task: ForTask): FiberBody {
  const { it, place, input, begin } = work;
  const variables = work.variables();
  const items =
    typeof task.for.in === 'string'
      ? evaluateAt(it, place, task.for.in, input, variables)
      : resolveAt(it, place, task.for.in, input, variables, false);
  if (!Array.isArray(items)) {
    throw standardError('expression', pointerOf(place.key), 'The collection of a for task must be an array.');
  }
  const concurrency = place.task.metadata?.sandbox?.concurrency;
  if (concurrency !== undefined) assertFanOut(it, place, items.length);
  begin();
  return concurrency !== undefined
    ? yield* parallelMap(work, task, items as readonly Json[], concurrency)
    : yield* oneAfterTheOther(work, task, items as readonly Json[]);
}

function* oneAfterTheOther(work: TaskWork, task: ForTask, items: readonly Json[]): FiberBody {
  const { it, place } = work;
  const [first = ''] = Object.keys(task.do[0] ?? {});
  let data = work.input;
  for (const [index, item] of items.entries()) {
    const locals = loopLocals(task, item, index);
    const prefix = `${place.key}/for#${index}/do`;
    // An iteration that the journal shows as begun was let through then; the context may have changed since.
    if (task.while !== undefined && !wasReached(it.memo, childKey(prefix, 0, first, 1))) {
      const variables = { ...work.variables('now', data), ...locals };
      if (!isTrue(evaluateAt(it, place, task.while, data, variables))) break;
    }
    data = yield* runList(it, task.do, prefix, data, scopeOf(place, locals));
  }
  return data;
}

function* parallelMap(work: TaskWork, task: ForTask, items: readonly Json[], limit: number): FiberBody {
  const { it, place, input } = work;
  const collect = place.task.metadata?.sandbox?.onItemError === 'collect';
  const bodies = items.map(
    (item, index) =>
      function* (): FiberBody {
        const scope = scopeOf(place, loopLocals(task, item, index));
        try {
          return yield* runList(it, task.do, `${place.key}/for#${index}/do`, input, scope);
        } catch (error) {
          if (collect && error instanceof WorkflowError && !isLimit(error.error))
            return { error: { ...error.error } };
          throw error;
        }
      },
  );
  return yield { kind: 'all', bodies, limit };
}

function loopLocals(task: ForTask, item: Json, index: number): Locals {
  return { [task.for.each ?? 'item']: item, [task.for.at ?? 'index']: index };
}
