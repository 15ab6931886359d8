import type { WorkspaceId } from '../contracts/ids.js';
import type { Timers } from '../orchestrator/runtime/timers.js';
import type { TaskAlarms } from '../orchestrator/tasks/human-tasks.js';

/** The alarms of human tasks are timers of the runtime; asked for late, since runtime and tasks know each other. */
export function createTaskAlarms(timers: () => Timers): TaskAlarms {
  const idOf = (workspace: WorkspaceId, task: string): string => `${workspace}/task/${task}`;
  return {
    set: (workspace, task, due) =>
      timers().set({ _id: idOf(workspace, task), workspace, due, target: { kind: 'task', task } }),
    cancel: (workspace, task) => timers().cancel(idOf(workspace, task)),
  };
}
