import { findProcess } from '../find-process.js';
import type { WorkflowRuns } from '../ports.js';
import type { WorkflowOperation } from '../state.js';
import { ownView, registeredView } from '../views.js';

/** bb-workflow, getProcess. */
export function getProcess(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async (context) => {
    const found = await findProcess(context, runs);
    const body = found.kind === 'own' ? ownView(found.process) : registeredView(found.doc);
    return { status: 200, rule: 'found', body };
  };
}
