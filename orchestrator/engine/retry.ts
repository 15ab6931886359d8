import type { Json } from '../../contracts/json.js';
import type { RunError } from '../../contracts/run-event.js';
import type { DurationValue, RetryPolicy } from '../../contracts/workflow.js';
import { instantAfter } from './deadline.js';
import type { Locals } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { taskMemo } from './memo.js';
import { namesOf } from './task-names.js';
import type { TaskWork } from './task-work.js';
import { evaluateAt, isTrue } from './variables.js';
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

/** When an attempt has taken too long; undefined without such a limit. Its error counts like any other. */
export function attemptDue(
  work: TaskWork,
  retry: string | RetryPolicy | undefined,
  attempt: number,
): string | undefined {
  const { it, place } = work;
  const policy = typeof retry === 'string' ? it.document.use?.retries?.[retry] : retry;
  const longest = policy?.limit?.attempt?.duration;
  if (longest === undefined) return undefined;
  const { retries } = taskMemo(it.memo, place.key);
  return instantAt(work, longest, retries?.get(attempt - 1) ?? beginning(work), work.variables());
}

/** When the attempt after `attempt` begins, journaled once; undefined when the policy gives up. OWS DSL 1.0.3, Retry. */
export function retryDue(
  work: TaskWork,
  policy: RetryPolicy,
  attempt: number,
  error: RunError,
  locals: Locals,
): string | undefined {
  const { it, place } = work;
  const known = taskMemo(it.memo, place.key).retries?.get(attempt);
  if (known !== undefined) return known;
  const variables = { ...work.variables('now'), ...locals };
  const holds = (program: string): boolean =>
    isTrue(evaluateAt(it, place, program, error as unknown as Json, variables));
  if (policy.when !== undefined && !holds(policy.when)) return undefined;
  if (policy.exceptWhen !== undefined && holds(policy.exceptWhen)) return undefined;
  const count = policy.limit?.attempt?.count;
  // The published schema calls it the number of retry attempts: the first attempt is none.
  if (count !== undefined && attempt > count) return undefined;
  const now = it.now();
  const after = (duration: DurationValue | undefined): number =>
    duration === undefined
      ? 0
      : Date.parse(instantAt(work, duration, now.toISOString(), variables)) - now.getTime();
  const base = after(policy.delay);
  const delay = Math.min(base * factor(policy, attempt), Math.max(base, LONGEST_DELAY_MS));
  const from = after(policy.jitter?.from);
  const spread = Math.max(0, after(policy.jitter?.to) - from);
  const jitter = policy.jitter === undefined ? 0 : from + Math.floor(it.deps.random() * spread);
  const due = new Date(now.getTime() + delay + jitter).toISOString();
  const longest = policy.limit?.duration;
  if (longest !== undefined && due > instantAt(work, longest, beginning(work), variables)) return undefined;
  it.emit({ type: 'task.retried', ...namesOf(it, place, work.input, () => work.variables()), attempt, due });
  return due;
}

function beginning({ it, place, startedAt }: TaskWork): string {
  return taskMemo(it.memo, place.key).clock ?? startedAt;
}

function instantAt(work: TaskWork, duration: DurationValue, from: string, variables: Locals): string {
  return instantAfter(work.it, work.place, duration, from, work.input, () => variables);
}

function factor({ backoff }: RetryPolicy, attempt: number): number {
  if (backoff?.exponential !== undefined) return 2 ** (attempt - 1);
  if (backoff?.linear !== undefined) return attempt;
  return 1;
}
