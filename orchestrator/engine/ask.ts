import type { Effect } from './effect.js';
import type { FiberBody } from './fiber.js';
import type { Interpreter } from './interpreter.js';
import { WorkflowError } from './workflow-error.js';

/** Asks for an effect and waits for its outcome; an answer that already came in by a signal is not asked for again. */
export function* ask(
  { memo }: Pick<Interpreter, 'memo'>,
  effect: Exclude<Effect, { kind: 'withdraw' | 'timer' }>,
): FiberBody {
  const answer = memo.answers.get(effect.key);
  if (answer === undefined) return yield { kind: 'effect', effect };
  if (answer.ok) return answer.output;
  throw new WorkflowError(answer.error);
}

/** Waits until the workspace clock reaches `due`. */
export function* timer({ memo }: Pick<Interpreter, 'memo'>, key: string, due: string): FiberBody {
  if (memo.firedTimers.has(key)) return null;
  return yield { kind: 'effect', effect: { kind: 'timer', key, due } };
}
