import { textOf, type Json } from '../../contracts/json.js';
import type { TaskNames } from '../../contracts/run-event.js';
import type { CallTask } from '../../contracts/workflow.js';
import type { Interpreter, Locals, TaskPlace } from './interpreter.js';
import { kindOf } from './task-kind.js';
import { isWrapped, unwrapped } from './variables.js';

/**
 * How the events of a task instance name it. A part is told by its caller which registry it reads and which sentence
 * tells of it: where these are expressions, `input` and `variables` give their values.
 */
export function namesOf(
  it: Interpreter,
  place: TaskPlace,
  input: Json = null,
  variables: () => Locals = () => ({}),
): TaskNames {
  const value = (text: string | undefined): string | undefined => {
    if (text === undefined || !isWrapped(text)) return text;
    try {
      const found = it.deps.evaluate(unwrapped(text), input, variables());
      return typeof found === 'string' ? found : undefined;
    } catch {
      // A name is for those who watch: what is wrong with the expression shows where it is used.
      return undefined;
    }
  };
  const { step = it.frame.step, narration: told } = place.task.metadata?.sandbox ?? {};
  const target = targetOf(place, value);
  const narration = value(told);
  return {
    key: place.key,
    name: place.name,
    kind: kindOf(place.task),
    ...(target === undefined ? {} : { target }),
    ...(step === undefined ? {} : { step }),
    ...(narration === undefined ? {} : { narration }),
  };
}

function targetOf(
  { task }: TaskPlace,
  value: (text: string | undefined) => string | undefined,
): string | undefined {
  if ('run' in task) return `workflow ${task.run.workflow.name}`;
  if (!('call' in task)) return undefined;
  if (task.call !== 'openapi') return task.call;
  const document = value(documentOf(task));
  return `${document?.replace(/\/openapi\.json$/, '') ?? 'openapi'}#${textOf(task.with?.['operationId'])}`;
}

function documentOf({ with: args }: CallTask): string | undefined {
  const document = args?.['document'] as { endpoint?: string | { uri?: string } } | undefined;
  return typeof document?.endpoint === 'string' ? document.endpoint : document?.endpoint?.uri;
}
