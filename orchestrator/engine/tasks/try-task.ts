import type { Json } from '../../../contracts/json.js';
import type { CatchClause, TryTask } from '../../../contracts/workflow.js';
import { timer } from '../ask.js';
import { instanceOf } from '../data-flow.js';
import { within } from '../deadline.js';
import { catches } from '../error-filter.js';
import type { FiberBody } from '../fiber.js';
import { scopeOf } from '../interpreter.js';
import { childKey } from '../instance-key.js';
import { isLimit } from '../limit.js';
import { taskMemo, wasReached } from '../memo.js';
import { attemptDue, retryDue, retryPolicyOf } from '../retry.js';
import { runList } from '../run-list.js';
import type { TaskWork } from '../task-work.js';
import { standardError, WorkflowError } from '../workflow-error.js';

/** Tries, retries by policy, and at last hands the error to the catch's own tasks. OWS DSL 1.0.3, Try. */
export function* performTry(work: TaskWork, task: TryTask): FiberBody {
  const { it, place, input, begin, notes } = work;
  const { catch: clause } = task;
  begin();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return yield* attempted(work, task, attempt);
    } catch (error) {
      if (!(error instanceof WorkflowError) || isLimit(error.error)) throw error;
      const locals = { [clause.as ?? 'error']: error.error as unknown as Json };
      const memo = taskMemo(it.memo, place.key);
      // What the journal shows as decided is not decided again: the context may have changed since.
      const handling = isHandled(work, clause);
      const retrying = memo.retries?.has(attempt) === true;
      if (!handling && !retrying && !catches(work, clause, error.error)) throw error;
      const policy = handling ? undefined : retryPolicyOf(work, clause.retry);
      const due = policy === undefined ? undefined : retryDue(work, policy, attempt, error.error, locals);
      if (due !== undefined) {
        yield* timer(it, `${place.key}!retry${attempt}`, due);
        continue;
      }
      // Without tasks of its own, a catch that retries has not dealt with the error: it goes up.
      if (clause.do === undefined && clause.retry !== undefined) throw error;
      if (clause.then !== undefined) notes.then = clause.then;
      if (clause.do === undefined) return input;
      return yield* runList(it, clause.do, `${place.key}/catch/do`, input, scopeOf(place, locals));
    }
  }
}

function* attempted(work: TaskWork, task: TryTask, attempt: number): FiberBody {
  const { it, place, input } = work;
  const prefix = `${place.key}/try${attempt > 1 ? `#${attempt}` : ''}`;
  const body = runList(it, task.try, prefix, input, place);
  const due = attemptDue(work, task.catch.retry, attempt);
  if (due === undefined) return yield* body;
  return yield* within(it, `${place.key}!attempt${attempt}`, due, body, () =>
    standardError(
      'timeout',
      instanceOf(place),
      `Attempt ${attempt} of "${place.name}" was not done by ${due}.`,
    ),
  );
}

function isHandled({ it, place }: TaskWork, clause: CatchClause): boolean {
  const [first] = Object.keys(clause.do?.[0] ?? {});
  return first !== undefined && wasReached(it.memo, childKey(`${place.key}/catch/do`, 0, first, 1));
}
