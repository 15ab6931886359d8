import type { Json } from '../../../contracts/json.js';
import type { ForTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { Locals } from '../interpreter.js';
import { pointerOf } from '../instance-key.js';
import { assertFanOut, isLimit } from '../limit.js';
import type { TaskWork } from '../task-work.js';
import { runList } from '../run-list.js';
import { evaluateAt, isTrue, resolveAt, variablesOf } from '../variables.js';
import { standardError, WorkflowError } from '../workflow-error.js';

/**
 * Sequential as the specification has it (each iteration starts from the last one's output), or, with
 * `metadata.sandbox.concurrency`, a parallel map: isolated iterations, the outputs as an ordered array.
 * OWS DSL 1.0.3, For; the map is this sandbox's extension.
 */
export function* performFor(work: TaskWork, task: ForTask): FiberBody {
  const { it, place, input, startedAt, begin } = work;
  const variables = variablesOf(it, place, { input, startedAt });
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
  const { it, place, startedAt } = work;
  let data = work.input;
  for (const [index, item] of items.entries()) {
    const locals = loopLocals(work, task, item, index);
    if (task.while !== undefined) {
      const goOn = evaluateAt(it, place, task.while, data, {
        ...variablesOf(it, place, { input: data, startedAt }),
        ...locals,
      });
      if (!isTrue(goOn)) break;
    }
    data = yield* runList(it, task.do, `${place.key}/for#${index}/do`, data, locals);
  }
  return data;
}

function* parallelMap(work: TaskWork, task: ForTask, items: readonly Json[], limit: number): FiberBody {
  const { it, place, input } = work;
  const collect = place.task.metadata?.sandbox?.onItemError === 'collect';
  const bodies = items.map(
    (item, index) =>
      function* (): FiberBody {
        try {
          return yield* runList(
            it,
            task.do,
            `${place.key}/for#${index}/do`,
            input,
            loopLocals(work, task, item, index),
          );
        } catch (error) {
          if (collect && error instanceof WorkflowError && !isLimit(error.error))
            return { error: { ...error.error } };
          throw error;
        }
      },
  );
  return yield { kind: 'all', bodies, limit };
}

function loopLocals({ place }: TaskWork, task: ForTask, item: Json, index: number): Locals {
  return { ...place.locals, [task.for.each ?? 'item']: item, [task.for.at ?? 'index']: index };
}
