import { SandboxError } from '../../../contracts/problems.js';
import { findProcess, keptInFiles } from '../find-process.js';
import type { WorkflowRuns } from '../ports.js';
import { processDefinitionSchema } from '../seeds.js';
import type { WorkflowOperation } from '../state.js';

/**
 * bb-workflow, updateProcess: the members that are given replace those that are there. It declares a body for 204,
 * which HTTP forbids: none is sent.
 */
export function updateProcess(runs: WorkflowRuns | undefined): WorkflowOperation {
  return async (context) => {
    const found = await findProcess(context, runs);
    if (found.kind === 'own') throw keptInFiles(found.process);
    const given = { ...found.doc.definition, ...(context.body as object | undefined) };
    const definition = processDefinitionSchema.safeParse(given);
    if (!definition.success) {
      const [issue] = definition.error.issues;
      throw new SandboxError('GSB-REQ-001', {
        detail: `/body/${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'is not valid'}`,
      });
    }
    const doc = { _id: found.doc._id, definition: definition.data };
    return { status: 204, rule: 'updated', effects: [{ kind: 'put', collection: 'processes', doc }] };
  };
}
