import type { Json } from '../../../contracts/json.js';
import type { RunTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt, variablesOf } from '../variables.js';

/** Starts another workflow as a run of its own in the same case. OWS DSL 1.0.3, Run. */
export function* performRun(work: TaskWork, task: RunTask): FiberBody {
  const { it, place, input, startedAt, begin, begunWith, doubtful } = work;
  const { input: template, ...workflow } = task.run.workflow;
  const childInput: Json =
    begunWith ??
    resolveAt(it, place, template ?? {}, input, variablesOf(it, place, { input, startedAt }), false);
  begin(childInput);
  const wait = task.run.await ?? true;
  const output = yield {
    kind: 'effect',
    effect: { kind: 'run', key: place.key, workflow, input: childInput, await: wait, doubtful },
  };
  return wait ? output : input;
}
