import { textOf } from '../../contracts/json.js';
import type { TaskNames } from '../../contracts/run-event.js';
import type { TaskPlace } from './interpreter.js';
import { kindOf } from './task-kind.js';

/** How the events of a task instance name it. */
export function namesOf(place: TaskPlace): TaskNames {
  const target = targetOf(place);
  const { step, narration } = place.task.metadata?.sandbox ?? {};
  return {
    key: place.key,
    name: place.name,
    kind: kindOf(place.task),
    ...(target === undefined ? {} : { target }),
    ...(step === undefined ? {} : { step }),
    ...(narration === undefined ? {} : { narration }),
  };
}

function targetOf({ task }: TaskPlace): string | undefined {
  if ('run' in task) return `workflow ${task.run.workflow.name}`;
  if (!('call' in task)) return undefined;
  const { call, with: args } = task;
  if (call !== 'openapi') return call;
  const document = args?.['document'] as { endpoint?: string | { uri?: string } } | undefined;
  const endpoint = typeof document?.endpoint === 'string' ? document.endpoint : document?.endpoint?.uri;
  return `${endpoint?.replace(/\/openapi\.json$/, '') ?? 'openapi'}#${textOf(args?.['operationId'])}`;
}
