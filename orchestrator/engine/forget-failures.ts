import { isWithin } from './instance-key.js';
import type { Memo } from './memo.js';

/**
 * A resumed run tries again what failed: every failure below the outermost task that faulted is forgotten, with its
 * retries and with what was cancelled for it. Tasks that completed there stay completed. Whatever has not ended gets
 * its time again: a deadline that passed while the run lay still would only fault it once more.
 */
export function forgetFailures(memo: Memo, chain: readonly string[], resumedAt: string): void {
  const outermost = chain.at(-1) ?? '';
  for (const [key, task] of memo.tasks) {
    if (isWithin(key, outermost)) {
      if (task.end?.kind === 'faulted' || task.end?.kind === 'cancelled') delete task.end;
      delete task.retries;
    }
    if (task.end === undefined) task.clock = resumedAt;
  }
  memo.clock = resumedAt;
  for (const timer of memo.firedTimers) {
    if (isWithin(timer, outermost) || timer.startsWith('!')) memo.firedTimers.delete(timer);
  }
  for (const [key, answer] of memo.answers) {
    if (!answer.ok && isWithin(key, outermost)) memo.answers.delete(key);
  }
}
