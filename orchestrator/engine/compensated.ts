import { effectKey, escaped } from './instance-key.js';
import type { Compensable, Memo } from './memo.js';

/** The task instance that undoes a task. */
export function compensationKey({ key, function: name }: Compensable): string {
  return `${key}/compensate/${escaped(name)}`;
}

/**
 * What was undone counts as not done: a resumed run does it again, under a new key, so that nobody takes it for a
 * repetition. The tasks around it are entered again, the others stay completed. What could not be undone stays done.
 * Neither is undone a second time.
 */
export function settleCompensations(memo: Memo): void {
  if (memo.compensating === undefined) return;
  const around = new Set<string>();
  for (const compensable of memo.compensable.values()) {
    if (memo.tasks.get(compensationKey(compensable))?.end?.kind !== 'completed') continue;
    const undone = effectKey(compensable.key.replace(/\*\d+$/, ''));
    memo.redo.set(undone, (memo.redo.get(undone) ?? 1) + 1);
    for (let end = undone.lastIndexOf('/'); end > 0; end = undone.lastIndexOf('/', end - 1)) {
      around.add(undone.slice(0, end));
    }
  }
  memo.compensable.clear();
  memo.compensating = undefined;
  if (around.size === 0) return;
  for (const [key, task] of memo.tasks) {
    if (task.end?.kind === 'completed' && around.has(effectKey(key))) delete task.end;
  }
}

/** The key under which a task is done now: marked when it was undone before. */
export function currentKey(memo: Memo, key: string): string {
  if (memo.redo.size === 0) return key;
  const times = memo.redo.get(effectKey(key));
  return times === undefined ? key : `${key}*${times}`;
}
