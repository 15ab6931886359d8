import { SandboxError } from '../../contracts/problems.js';
import type { OwnProcess, WorkflowRuns } from './ports.js';
import type { ProcessDoc, WorkflowContext } from './state.js';

export type FoundProcess =
  | { readonly kind: 'registered'; readonly doc: ProcessDoc }
  | { readonly kind: 'own'; readonly process: OwnProcess; readonly runs: WorkflowRuns };

/** The process of the path: one that was registered here, or one of a use case. Raises GSB-REQ-002. */
export async function findProcess(
  { state, path }: WorkflowContext,
  runs: WorkflowRuns | undefined,
): Promise<FoundProcess> {
  const id = path.processId ?? '';
  const registered = await state.processes.get(id);
  if (registered) return { kind: 'registered', doc: registered.doc };
  const process = runs?.processes().find((one) => one.id === id);
  if (runs !== undefined && process !== undefined) return { kind: 'own', process, runs };
  throw new SandboxError('GSB-REQ-002', { detail: `processId: there is no process ${id}.` });
}

/** A use case is data in files: nobody changes it through the API. */
export function keptInFiles({ id }: OwnProcess): SandboxError {
  return new SandboxError('GSB-REQ-003', {
    detail: `The process ${id} comes from the files of a use case: change it there.`,
  });
}
