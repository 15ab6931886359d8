import { keptInFiles } from '../find-process.js';
import type { WorkflowRuns } from '../ports.js';
import type { WorkflowOperation } from '../state.js';

/** bb-workflow, deleteProcess. Deleting again succeeds; instances that run go on. */
export function deleteProcess(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async ({ state, path }) => {
    const id = path.processId ?? '';
    const own = runs?.processes().find((process) => process.id === id);
    if (own !== undefined) throw keptInFiles(own);
    const known = await state.processes.get(id);
    if (!known) return { status: 200, rule: 'repeated' };
    return { status: 200, rule: 'deleted', effects: [{ kind: 'delete', collection: 'processes', id }] };
  };
}
