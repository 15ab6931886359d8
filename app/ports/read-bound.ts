import type { BlockId, BlockRequest } from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Bindings } from '../../orchestrator/blocks/bindings.js';

/**
 * Reads an extension of a block where the block really is: its mock, or a real system. GSB-REQ-003 when a real system
 * does not have it, which is how most will be; the mock's own state would be no answer then.
 */
export async function readBound(
  { bindings }: { readonly bindings: Pick<Bindings, 'deliver'> },
  workspace: WorkspaceId,
  block: BlockId,
  operation: string,
  request: BlockRequest,
): Promise<Json | undefined> {
  // No service of this name is bound: what counts is the binding of the operation, else of the block.
  const delivered = await bindings.deliver(workspace, { id: `sandbox/${block}`, block }, request, operation);
  if (delivered.kind === 'answered' && delivered.response.status === 200) return delivered.response.body;
  if (delivered.deliveredTo === 'mock' && delivered.kind === 'answered') return delivered.response.body;
  throw new SandboxError('GSB-REQ-003', {
    detail: `${block} is at ${delivered.deliveredTo}, which does not show this: ${operation} is an extension of the sandbox.`,
  });
}
