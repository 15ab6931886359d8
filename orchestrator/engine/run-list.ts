import type { Json } from '../../contracts/json.js';
import type { TaskList } from '../../contracts/workflow.js';
import type { FiberBody } from './fiber.js';
import { WorkflowEnd, type Interpreter, type Locals } from './interpreter.js';
import { childKey, pointerOf } from './instance-key.js';
import { runTask } from './run-task.js';
import { standardError } from './workflow-error.js';

/** Runs named tasks in order, following their flow directives; the last output is the list's. OWS DSL 1.0.3, Flow Directive. */
export function* runList(
  it: Interpreter,
  tasks: TaskList,
  prefix: string,
  input: Json,
  locals: Locals,
): FiberBody {
  const visits = new Map<number, number>();
  let data = input;
  let index = 0;
  while (index < tasks.length) {
    const [name, task] = entryAt(tasks, index);
    const visit = (visits.get(index) ?? 0) + 1;
    visits.set(index, visit);
    const key = childKey(prefix, index, name, visit);
    const { output, then } = yield* runTask(it, { key, name, task, locals }, data);
    data = output;
    switch (then) {
      case undefined:
      case 'continue':
        index += 1;
        break;
      case 'exit':
        return data;
      case 'end':
        throw new WorkflowEnd(data);
      default:
        index = indexOf(tasks, then, key);
    }
  }
  return data;
}

function entryAt(tasks: TaskList, index: number): [string, TaskList[number][string]] {
  const entry = Object.entries(tasks[index] ?? {})[0];
  if (entry === undefined) throw new Error('An empty task entry passed validation');
  return entry;
}

function indexOf(tasks: TaskList, name: string, key: string): number {
  const index = tasks.findIndex((entry) => name in entry);
  if (index < 0) {
    throw standardError(
      'configuration',
      pointerOf(key),
      `There is no task "${name}" beside it to go on with.`,
    );
  }
  return index;
}
