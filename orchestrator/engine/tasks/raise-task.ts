import { isJsonObject, textOf } from '../../../contracts/json.js';
import type { Json } from '../../../contracts/json.js';
import type { RaiseTask } from '../../../contracts/workflow.js';
import { instanceOf } from '../data-flow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt } from '../variables.js';
import { standardError, WorkflowError } from '../workflow-error.js';

/** OWS DSL 1.0.3, Raise. */
// eslint-disable-next-line require-yield -- all tasks are generators
export function* performRaise(work: TaskWork, task: RaiseTask): FiberBody {
  const { it, place, input } = work;
  const instance = instanceOf(place);
  const { error } = task.raise;
  const template = typeof error === 'string' ? it.document.use?.errors?.[error] : error;
  if (template === undefined) {
    throw standardError(
      'configuration',
      instance,
      `There is no error named "${textOf(error)}" under use.errors.`,
    );
  }
  const raised = resolveAt(it, place, template as unknown as Json, input, work.variables(), false);
  const text = (name: string): string | undefined => {
    const value = isJsonObject(raised) ? raised[name] : undefined;
    return value === undefined || value === null ? undefined : textOf(value);
  };
  const status = Number(text('status') ?? 500);
  if (!Number.isInteger(status)) {
    throw standardError('expression', instance, 'The status of an error must be a whole number.');
  }
  const detail = text('detail');
  throw new WorkflowError({
    type: text('type') ?? 'about:blank',
    status,
    title: text('title') ?? '',
    ...(detail === undefined ? {} : { detail }),
    instance: text('instance') ?? instance,
  });
}
