import type { Json } from '../../../contracts/json.js';
import { partKey, SHARED, type RunTask } from '../../../contracts/workflow.js';
import { ask } from '../ask.js';
import { enterPart } from '../enter-part.js';
import type { FiberBody } from '../fiber.js';
import { runWorkflow } from '../root.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt } from '../variables.js';

/** Performs a shared part within this run, or starts another workflow as a run of its own in the same case. OWS DSL 1.0.3, Run. */
export function* performRun(work: TaskWork, task: RunTask): FiberBody {
  const { it, place, input, begin, begunWith, doubtful } = work;
  const { input: template, ...workflow } = task.run.workflow;
  const childInput = begunWith ?? resolveAt(it, place, template ?? {}, input, work.variables(), false);
  const wait = task.run.await ?? true;
  const given = (output: Json): Json => (task.run.return === 'none' ? null : output);
  if (workflow.namespace === SHARED) {
    const part = partKey(workflow);
    const frame = { key: place.key, part, step: undefined, input: childInput, startedAt: '', context: null };
    const { namespace, name, version } = enterPart(it, frame).document.document;
    begin(childInput, { namespace, name, version });
    return given(yield* runWorkflow(enterPart(it, it.memo.frames.get(place.key) ?? frame)));
  }
  begin(childInput);
  const output = yield* ask(it, {
    kind: 'run',
    key: place.key,
    workflow,
    input: childInput,
    await: wait,
    doubtful,
  });
  return wait ? given(output) : input;
}
