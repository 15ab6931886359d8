import type { Json } from '../../contracts/json.js';
import { defaultLimits, limitVariables, type Limits } from '../../contracts/limits.js';
import { problems } from '../../contracts/problems.js';
import type { RunError } from '../../contracts/run-event.js';
import type { Interpreter, TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { standardError, type WorkflowError } from './workflow-error.js';

const TITLE = problems['GSB-RUN-004'].title;

/** An error that no `catch` takes: a workflow that goes on over its limits would never end. */
export function limitError(
  limit: keyof Limits,
  most: number,
  instance: string,
  words: string,
): WorkflowError {
  const detail = `${words} The limit is ${most}: split the work, or raise ${limitVariables[limit]}. [GSB-RUN-004]`;
  return standardError('runtime', instance, detail, { status: 422, title: TITLE });
}

export function isLimit({ title }: Pick<RunError, 'title'>): boolean {
  return title === TITLE;
}

/** Before a task instance is run for the first time. */
export function assertRoomForTask({ deps, memo }: Interpreter, { key }: TaskPlace): void {
  const { steps, depth } = deps.limits ?? defaultLimits;
  if (memo.tasks.size > steps)
    throw limitError('steps', steps, pointerOf(key), 'The run has come to too many tasks.');
  if (depthOf(key) > depth) throw limitError('depth', depth, pointerOf(key), 'Tasks are nested too deeply.');
}

export function assertRoomForOutput({ deps }: Interpreter, { key, name }: TaskPlace, output: Json): void {
  const { payload } = deps.limits ?? defaultLimits;
  if (isLongerThan(output, payload))
    throw limitError('payload', payload, pointerOf(key), `The output of "${name}" is too long.`);
}

export function assertFanOut({ deps }: Interpreter, { key, name }: TaskPlace, count: number): void {
  const { fanOut } = deps.limits ?? defaultLimits;
  if (count > fanOut)
    throw limitError('fanOut', fanOut, pointerOf(key), `"${name}" has ${count} items side by side.`);
}

/** How deep a task instance lies: each level of a document adds `/do/<index>/<name>` or the like to its key. */
function depthOf(key: string): number {
  let slashes = 0;
  for (let at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) slashes += 1;
  return Math.ceil(slashes / 3);
}

/** Whether a value is longer than so many characters of JSON, roughly; stops counting as soon as it knows. */
export function isLongerThan(value: Json | undefined, most: number): boolean {
  let left = most;
  const waiting: (Json | undefined)[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') left -= next.length + 2;
    else if (typeof next !== 'object' || next === null) left -= 5;
    else if (Array.isArray(next)) {
      left -= 2 + next.length;
      if (left < 0) return true;
      for (const item of next as readonly Json[]) waiting.push(item);
    } else {
      for (const [name, member] of Object.entries(next)) {
        left -= name.length + 4;
        waiting.push(member);
      }
    }
    if (left < 0) return true;
  }
  return false;
}
