import { findInstance } from '../find-instance.js';
import type { WorkflowRuns } from '../ports.js';
import type { WorkflowOperation } from '../state.js';
import { instanceView } from '../views.js';

/** bb-workflow, one instance: how it stands. */
export function readInstance(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async (context) => {
    const { instance } = await findInstance(context, runs);
    return { status: 200, rule: 'found', body: instanceView(instance) };
  };
}
