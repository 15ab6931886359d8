import type { Json } from '../../contracts/json.js';
import type { TaskNames } from '../../contracts/run-event.js';
import type { FiberBody } from './fiber.js';
import type { Interpreter, TaskData, TaskPlace } from './interpreter.js';
import type { TaskNotes } from './task-notes.js';
import type { TaskWork } from './task-work.js';
import { performCall } from './tasks/call-task.js';
import { performDo } from './tasks/do-task.js';
import { performEmit } from './tasks/emit-task.js';
import { performFor } from './tasks/for-task.js';
import { performFork } from './tasks/fork-task.js';
import { performListen } from './tasks/listen-task.js';
import { performRaise } from './tasks/raise-task.js';
import { performRun } from './tasks/run-task.js';
import { performSet } from './tasks/set-task.js';
import { performSwitch } from './tasks/switch-task.js';
import { performTry } from './tasks/try-task.js';
import { performWait } from './tasks/wait-task.js';
import { variablesOf } from './variables.js';

/** The body of a task, by its kind. `it.perform` of an execution. */
export function performTask(
  it: Interpreter,
  place: TaskPlace,
  input: Json,
  startedAt: string,
  names: TaskNames,
  notes: TaskNotes,
  data: TaskData,
): FiberBody {
  const started = it.memo.tasks.get(place.key)?.started;
  let begun = started !== undefined;
  const work: TaskWork = {
    it,
    place,
    input,
    startedAt,
    notes,
    doubtful: begun,
    begunWith: started?.args,
    begin: (args, part) => {
      if (begun) return;
      begun = true;
      it.emit(
        { type: 'task.started', ...names, ...(part === undefined ? {} : { part }) },
        args === undefined ? undefined : { args },
      );
    },
    variables: (context = 'found', now = input) =>
      variablesOf(it, place, {
        ...data,
        ...(context === 'now' ? { context: it.frame.context } : {}),
        input: now,
      }),
  };
  const { task } = place;
  if ('call' in task) return performCall(work, task);
  if ('emit' in task) return performEmit(work, task);
  if ('for' in task) return performFor(work, task);
  if ('fork' in task) return performFork(work, task);
  if ('listen' in task) return performListen(work, task);
  if ('raise' in task) return performRaise(work, task);
  if ('run' in task) return performRun(work, task);
  if ('set' in task) return performSet(work, task);
  if ('switch' in task) return performSwitch(work, task);
  if ('try' in task) return performTry(work, task);
  if ('wait' in task) return performWait(work, task);
  return performDo(work, task);
}
