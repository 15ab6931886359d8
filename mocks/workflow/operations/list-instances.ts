import type { WorkflowRuns } from '../ports.js';
import { standing, type WorkflowOperation } from '../state.js';
import { instanceView } from '../views.js';

const MOST = 1_000;

/** bb-workflow, instances: newest first, at most 1,000; an unknown process has none. */
export function listInstances(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async ({ state, query, workspace, now }) => {
    const process =
      typeof query.processId === 'string' && query.processId !== '' ? query.processId : undefined;
    const filter = process === undefined ? {} : { filter: { processRef: process } };
    const simulated = await state.instances.find({ ...filter, limit: MOST });
    const own = (await runs?.instances(workspace, process)) ?? [];
    const all = [...own, ...simulated.map(({ doc }) => standing(doc, now))];
    all.sort((a, b) => (a.initTime < b.initTime ? 1 : a.initTime > b.initTime ? -1 : a.id - b.id));
    return { status: 200, rule: 'listed', body: all.slice(0, MOST).map(instanceView) };
  };
}
