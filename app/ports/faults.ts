import type { Block, BlockId } from '../../contracts/block.js';
import { isCallbackFault } from '../../contracts/faults.js';
import type { Ids } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import { RELAY } from '../../mocks/information-mediator/broken-relay.js';
import type { FaultBoard } from '../../mocks/kit/faults.js';
import { createOperationTable } from '../../mocks/kit/operation-table.js';
import type { FaultPorts } from '../../orchestrator/http/ports/fault-ports.js';

export interface FaultPortDeps {
  readonly faults: FaultBoard;
  readonly blocks: ReadonlyMap<BlockId, Block>;
  readonly ids: Ids;
}

/** The faults as the API offers them. */
export function createFaultPorts({ faults, blocks, ids }: FaultPortDeps): FaultPorts {
  /** A slip in the name would break nothing, and nobody would know why. */
  function assertOperation(id: BlockId, operationId: string): void {
    const block = blocks.get(id);
    if (block === undefined) return;
    const declared = createOperationTable(block.openapi).operations.map((operation) => operation.operationId);
    const names = id === 'information-mediator' ? [...declared, RELAY] : declared;
    if (names.includes(operationId)) return;
    const message = `${id} has no operation ${operationId}: it has ${names.toSorted().join(', ')}`;
    throw new SandboxError('GSB-REQ-001', {
      detail: `The fault: /operationId: ${message}`,
      extensions: { errors: [{ pointer: '/operationId', message }] },
    });
  }

  return {
    list: (workspace, block) => faults.list(workspace, block),
    async add(workspace, block, fault) {
      if (fault.operationId !== undefined && !isCallbackFault(fault.kind))
        assertOperation(block, fault.operationId);
      const added = { ...fault, block, id: ids.next('fault') };
      await faults.add(workspace, added);
      return { ...added, seen: 0, hits: 0 };
    },
    clear: (workspace, block) => faults.clear(workspace, block),
    async remove(workspace, block, fault) {
      if (!(await faults.remove(workspace, block, fault)))
        throw new SandboxError('GSB-REQ-002', { detail: `${block} has no fault ${fault}.` });
    },
  };
}
