import type { Json } from '../../contracts/json.js';
import type { RunError } from '../../contracts/run-event.js';
import type { Task } from '../../contracts/workflow.js';
import { compensationKey } from './compensated.js';
import { interpreterAt } from './enter-part.js';
import type { FiberBody } from './fiber.js';
import type { Interpreter } from './interpreter.js';
import { nameOf } from './instance-key.js';
import type { Compensable } from './memo.js';
import { WorkflowEnd } from './interpreter.js';
import { WorkflowError } from './workflow-error.js';

/**
 * Undoes what was completed and can be undone, the last one first: tasks of their own, each with the output of the task
 * that it undoes as its input. One that fails does not keep the others from running. The output tells which failed.
 * `metadata.sandbox.compensate` is this sandbox's extension.
 */
export function* compensate(it: Interpreter): FiberBody {
  const failed: string[] = [];
  for (const done of [...it.memo.compensable.values()].reverse()) {
    const inner = interpreterAt(it, done.key);
    const place = {
      key: compensationKey(done),
      name: done.function,
      task: functionOf(inner, done),
      locals: {},
      compensating: true,
    } as const;
    try {
      yield* inner.runTask(inner, place, done.output);
    } catch (error) {
      // `then: end` ends this compensation alone.
      if (error instanceof WorkflowEnd) continue;
      if (!(error instanceof WorkflowError)) throw error;
      failed.push(`${nameOf(done.key)} (${error.message})`);
    }
  }
  return failed;
}

function functionOf(it: Interpreter, { key, function: name }: Compensable): Task {
  const known = it.document.use?.functions?.[name];
  if (known !== undefined) return known;
  // Journaled like any failure of a compensation, where it is looked for.
  return {
    raise: {
      error: {
        type: 'https://open-workflow-specification.org/spec/1.0.0/errors/configuration',
        status: 400,
        title: 'The compensation is not there',
        detail: `"${nameOf(key)}" names the compensation "${name}", which is not under use.functions.`,
      },
    },
  };
}

/** The run's error stays the one it faulted with; its detail also tells what could not be undone. */
export function withNote(error: RunError, failed: Json): RunError {
  const names = Array.isArray(failed) ? (failed as readonly string[]) : [];
  if (names.length === 0) return error;
  const note = `Not undone, since the compensation failed: ${names.join(', ')}.`;
  return { ...error, detail: error.detail === undefined ? note : `${error.detail} ${note}` };
}
