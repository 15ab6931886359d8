import type { Json } from '../../contracts/json.js';
import type { TaskList } from '../../contracts/workflow.js';
import { currentKey } from './compensated.js';
import type { FiberBody, Instruction } from './fiber.js';
import { scopeOf, WorkflowEnd, type Interpreter, type Scope } from './interpreter.js';
import { childKey, pointerOf } from './instance-key.js';
import { standardError } from './workflow-error.js';

/** Runs named tasks in order; the last output is the list's. OWS DSL 1.0.3, Flow Directive. */
export function* runList(
  it: Interpreter,
  tasks: TaskList,
  prefix: string,
  input: Json,
  scope: Scope,
): FiberBody {
  return (yield* runEntries(it, tasks, prefix, input, scope)).output;
}

/** The same, and whether the list was left by `exit`. */
export function* runEntries(
  it: Interpreter,
  tasks: TaskList,
  prefix: string,
  input: Json,
  scope: Scope,
): Generator<Instruction, { readonly output: Json; readonly exited: boolean }, Json> {
  const visits = new Map<number, number>();
  const inherited = scopeOf(scope);
  let data = input;
  let index = 0;
  while (index < tasks.length) {
    const [name, task] = entryAt(tasks, index);
    const visit = (visits.get(index) ?? 0) + 1;
    visits.set(index, visit);
    const key = currentKey(it.memo, childKey(prefix, index, name, visit));
    const { output, then } = yield* it.runTask(it, { key, name, task, ...inherited }, data);
    data = output;
    switch (then) {
      case undefined:
      case 'continue':
        index += 1;
        break;
      case 'exit':
        return { output: data, exited: true };
      case 'end':
        throw new WorkflowEnd(data);
      default:
        index = indexOf(tasks, then, key);
    }
  }
  return { output: data, exited: false };
}

function entryAt(tasks: TaskList, index: number): [string, TaskList[number][string]] {
  const entry = Object.entries(tasks[index] ?? {})[0];
  if (entry === undefined) throw new Error('An empty task entry passed validation');
  return entry;
}

function indexOf(tasks: TaskList, name: string, key: string): number {
  const index = tasks.findIndex((entry) => Object.hasOwn(entry, name));
  if (index < 0) {
    throw standardError(
      'configuration',
      pointerOf(key),
      `There is no task "${name}" beside it to go on with.`,
    );
  }
  return index;
}
