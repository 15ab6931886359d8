import type { Json } from '../../../contracts/json.js';
import { isJsonObject, textOf } from '../../../contracts/json.js';
import type { CatchClause, TryTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { isLimit } from '../limit.js';
import { retryDue, retryPolicyOf } from '../retry.js';
import { runList } from '../run-list.js';
import { timer } from '../run-task.js';
import { evaluateAt, isTrue, variablesOf } from '../variables.js';
import { sameErrorType, WorkflowError } from '../workflow-error.js';

/** Tries, retries by policy, and at last hands the error to the catch's own tasks. OWS DSL 1.0.3, Try. */
export function* performTry(work: TaskWork, task: TryTask): FiberBody {
  const { it, place, input, startedAt, begin, notes } = work;
  begin();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const prefix = `${place.key}/try${attempt > 1 ? `#${attempt}` : ''}`;
      return yield* runList(it, task.try, prefix, input, place.locals);
    } catch (error) {
      if (!(error instanceof WorkflowError) || isLimit(error.error)) throw error;
      if (!catches(work, task.catch, error)) throw error;
      const locals = { ...place.locals, [task.catch.as ?? 'error']: error.error as unknown as Json };
      const policy = retryPolicyOf(work, task.catch.retry);
      const due = policy === undefined ? undefined : retryDue(work, policy, attempt, startedAt, locals);
      if (due !== undefined) {
        yield* timer(it, `${place.key}!retry${attempt}`, due);
        continue;
      }
      if (task.catch.then !== undefined) notes.then = task.catch.then;
      // Without tasks of its own, a catch that retries has not dealt with the error: it goes up.
      if (task.catch.do === undefined) {
        if (task.catch.retry !== undefined) throw error;
        return input;
      }
      return yield* runList(it, task.catch.do, `${place.key}/catch/do`, input, locals);
    }
  }
}

function catches(work: TaskWork, clause: CatchClause, { error }: WorkflowError): boolean {
  const { it, place, input, startedAt } = work;
  const wanted = clause.errors?.with ?? {};
  const actual: Readonly<Record<string, Json | undefined>> = { ...error };
  for (const [name, value] of Object.entries(wanted)) {
    const same =
      name === 'type' && typeof value === 'string'
        ? sameErrorType(value, error.type)
        : isScalarEqual(value, actual[name]);
    if (!same) return false;
  }
  const variables = {
    ...variablesOf(it, place, { input, startedAt }),
    [clause.as ?? 'error']: error as unknown as Json,
  };
  if (
    clause.when !== undefined &&
    !isTrue(evaluateAt(it, place, clause.when, error as unknown as Json, variables))
  )
    return false;
  return (
    clause.exceptWhen === undefined ||
    !isTrue(evaluateAt(it, place, clause.exceptWhen, error as unknown as Json, variables))
  );
}

function isScalarEqual(wanted: Json | undefined, actual: Json | undefined): boolean {
  return !isJsonObject(wanted) && textOf(wanted) === textOf(actual);
}
