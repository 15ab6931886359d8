import { SandboxError } from '../../contracts/problems.js';
import type { OwnInstance, WorkflowRuns } from './ports.js';
import { standing, type InstanceDoc, type WorkflowContext } from './state.js';

export type FoundInstance =
  | { readonly kind: 'simulated'; readonly doc: InstanceDoc; readonly instance: OwnInstance }
  | { readonly kind: 'own'; readonly instance: OwnInstance; readonly runs: WorkflowRuns };

/** The instance of the path. Raises GSB-REQ-002. */
export async function findInstance(
  { state, path, workspace, now }: WorkflowContext,
  runs: WorkflowRuns | undefined,
): Promise<FoundInstance> {
  const id = path.instanceId ?? '';
  const simulated = await state.instances.get(id);
  if (simulated) return { kind: 'simulated', doc: simulated.doc, instance: standing(simulated.doc, now) };
  const instance = await runs?.instance(workspace, Number(id));
  if (runs !== undefined && instance !== undefined) return { kind: 'own', instance, runs };
  throw new SandboxError('GSB-REQ-002', { detail: `instanceId: there is no instance ${id}.` });
}
