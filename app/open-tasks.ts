import type { Json } from '../contracts/json.js';
import type { Signals } from '../orchestrator/runtime/signals.js';
import type { Timers } from '../orchestrator/runtime/timers.js';
import { createHumanTasks, type HumanTaskDeps, type HumanTasks } from '../orchestrator/tasks/human-tasks.js';
import { createTaskAlarms } from './task-alarms.js';
import type { UseCaseCatalog } from './use-case-catalog.js';

export interface OpenTasksDeps extends Omit<HumanTaskDeps, 'formViolations' | 'alarms' | 'done'> {
  readonly catalog: Pick<UseCaseCatalog, 'formViolations'>;
  readonly signals: Signals;
  readonly timers: () => Timers;
}

/** The tasks of people: their forms come from the use cases, and what they decide goes to the run that waits for it. */
export function openTasks({ catalog, signals, timers, ...deps }: OpenTasksDeps): HumanTasks {
  return createHumanTasks({
    ...deps,
    formViolations: catalog.formViolations,
    alarms: createTaskAlarms(timers),
    done: (task, outcome) =>
      signals.send(task.workspace, task.runId, {
        kind: 'done',
        id: `${task.id}:${outcome.at}`,
        key: task.key,
        output: outcome as unknown as Json,
      }),
  });
}
