import type { BlockId } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import { createOperationTable, type OperationTable } from '../kit/operation-table.js';
import { nearOperations } from '../kit/near-operations.js';
import type { NearOperations, OperationOf } from './ports.js';
import { endpointsOf } from './service-description.js';

/**
 * Matches requests by the blocks' documents with the same table as the blocks themselves, so that the operation
 * whose right was checked is the operation that runs. Documents are asked for once.
 */
export function createOperationLookup(openapiOf: (block: BlockId) => JsonObject | undefined): OperationOf {
  const tables = new Map<BlockId, OperationTable>();
  function tableOf(block: BlockId): OperationTable | undefined {
    const known = tables.get(block);
    if (known) return known;
    const document = openapiOf(block);
    if (!document) return undefined;
    const table = createOperationTable(document);
    tables.set(block, table);
    return table;
  }
  return (block, { method, path, query }) => {
    const match = tableOf(block)?.match(method, path, query);
    if (match?.kind !== 'found') return undefined;
    const { operationId, template } = match.operation;
    return { operationId, template, path: match.path };
  };
}

/** Looks at the operations of the service as its callers see them. */
export function createNearOperations(openapiOf: (block: BlockId) => JsonObject | undefined): NearOperations {
  return (service, { method, path }) => {
    const document = openapiOf(service.block);
    if (!document) return [];
    const offered = endpointsOf(service, document).map((one) => ({ method: one.method, template: one.path }));
    return nearOperations(offered, method, path);
  };
}
