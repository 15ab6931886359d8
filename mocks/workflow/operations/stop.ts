import { findInstance } from '../find-instance.js';
import type { WorkflowRuns } from '../ports.js';
import { standing, type WorkflowOperation } from '../state.js';
import { executionView } from '../views.js';

/** bb-workflow, stop. An instance that has ended stays as it is: stopping again succeeds. */
export function stop(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async (context) => {
    const found = await findInstance(context, runs);
    const { state, id } = found.instance;
    if (state !== 'running' && state !== 'suspended')
      return { status: 201, rule: 'repeated', body: executionView(found.instance) };
    if (found.kind === 'own') {
      const stopped = (await found.runs.stop(context.workspace, id)) ?? found.instance;
      return { status: 201, rule: 'stopped', body: executionView(stopped) };
    }
    const doc = { ...found.doc, stoppedAt: context.now.toISOString() };
    return {
      status: 201,
      rule: 'stopped',
      body: executionView(standing(doc, context.now)),
      effects: [{ kind: 'put', collection: 'instances', doc }],
    };
  };
}
