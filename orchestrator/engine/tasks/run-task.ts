import type { RunTask } from '../../../contracts/workflow.js';
import { ask } from '../ask.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt } from '../variables.js';

/** Starts another workflow as a run of its own in the same case. OWS DSL 1.0.3, Run. */
export function* performRun(work: TaskWork, task: RunTask): FiberBody {
  const { it, place, input, begin, begunWith, doubtful } = work;
  const { input: template, ...workflow } = task.run.workflow;
  const childInput = begunWith ?? resolveAt(it, place, template ?? {}, input, work.variables(), false);
  begin(childInput);
  const wait = task.run.await ?? true;
  const output = yield* ask(it, {
    kind: 'run',
    key: place.key,
    workflow,
    input: childInput,
    await: wait,
    doubtful,
  });
  if (!wait) return input;
  return task.run.return === 'none' ? null : output;
}
