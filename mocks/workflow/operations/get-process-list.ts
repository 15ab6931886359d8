import type { WorkflowRuns } from '../ports.js';
import type { WorkflowOperation } from '../state.js';
import { ownView, registeredView } from '../views.js';

/** bb-workflow, getProcessList: the processes of the use cases, then those that were registered. */
export function getProcessList(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async ({ state }) => {
    const registered = await state.processes.find();
    const own = runs?.processes() ?? [];
    const body = [...own.map(ownView), ...registered.map(({ doc }) => registeredView(doc))];
    return { status: 200, rule: 'listed', body };
  };
}
