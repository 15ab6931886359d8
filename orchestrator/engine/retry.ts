import type { RetryPolicy } from '../../contracts/workflow.js';
import { addDuration } from './duration.js';
import type { Locals } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { taskMemo } from './memo.js';
import type { TaskWork } from './task-work.js';
import { evaluateAt, isTrue, variablesOf } from './variables.js';
import { standardError } from './workflow-error.js';

/** Exponential backoff has no cap in the specification; without one a long outage would mean waiting for days. */
const LONGEST_DELAY_MS = 3_600_000;

export function retryPolicyOf(
  { it, place }: TaskWork,
  retry: string | RetryPolicy | undefined,
): RetryPolicy | undefined {
  if (typeof retry !== 'string') return retry;
  const policy = it.document.use?.retries?.[retry];
  if (policy === undefined) {
    throw standardError(
      'configuration',
      pointerOf(place.key),
      `There is no retry policy named "${retry}" under use.retries.`,
    );
  }
  return policy;
}

/** When the attempt after `attempt` begins, journaled once; undefined when the policy gives up. OWS DSL 1.0.3, Retry. */
export function retryDue(
  work: TaskWork,
  policy: RetryPolicy,
  attempt: number,
  startedAt: string,
  locals: Locals,
): string | undefined {
  const { it, place, input } = work;
  const memo = taskMemo(it.memo, place.key);
  const known = memo.retries.get(attempt);
  if (known !== undefined) return known;
  const variables = { ...variablesOf(it, place, { input, startedAt }), ...locals };
  const holds = (program: string): boolean =>
    isTrue(evaluateAt(it, place, program, locals['error'] ?? null, variables));
  if (policy.when !== undefined && !holds(policy.when)) return undefined;
  if (policy.exceptWhen !== undefined && holds(policy.exceptWhen)) return undefined;
  const count = policy.limit?.attempt?.count;
  if (count !== undefined && attempt >= count) return undefined;
  const now = it.now();
  const base = millisecondsOf(policy, now);
  const delay = Math.min(base * factor(policy, attempt), Math.max(base, LONGEST_DELAY_MS));
  const due = new Date(now.getTime() + delay);
  const limit =
    policy.limit?.duration === undefined
      ? undefined
      : addDuration(new Date(startedAt), policy.limit.duration);
  if (limit !== undefined && due > limit) return undefined;
  memo.retries.set(attempt, due.toISOString());
  const step = place.task.metadata?.sandbox?.step;
  it.emit({
    type: 'task.retried',
    key: place.key,
    name: place.name,
    kind: 'try',
    ...(step === undefined ? {} : { step }),
    attempt,
    due: due.toISOString(),
  });
  return due.toISOString();
}

function millisecondsOf(policy: RetryPolicy, now: Date): number {
  if (policy.delay === undefined) return 0;
  return (addDuration(now, policy.delay) ?? now).getTime() - now.getTime();
}

function factor({ backoff }: RetryPolicy, attempt: number): number {
  if (backoff?.exponential !== undefined) return 2 ** (attempt - 1);
  if (backoff?.linear !== undefined) return attempt;
  return 1;
}
