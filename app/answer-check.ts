import type { BlockId, BlockResponse } from '../contracts/block.js';
import type { ContractViolation } from '../contracts/exchange.js';
import type { JsonObject } from '../contracts/json.js';
import { createContractCheck, type ContractCheck } from '../mocks/kit/contract-check.js';
import { createOperationTable, type ContractOperation } from '../mocks/kit/operation-table.js';

/**
 * Holds answers of real systems against the block's own OpenAPI document, with the same check that the mocks' answers
 * pass. Validators are made at the first use.
 */
export function createAnswerCheck(
  openapiOf: (block: BlockId) => JsonObject | undefined,
): (block: BlockId, operationId: string, response: BlockResponse) => readonly ContractViolation[] {
  const known = new Map<BlockId, Contract>();

  function contractOf(block: BlockId): Contract | undefined {
    const document = openapiOf(block);
    if (document === undefined) return undefined;
    const contract = known.get(block) ?? {
      check: createContractCheck(document),
      operations: new Map(
        createOperationTable(document).operations.map((operation) => [operation.operationId, operation]),
      ),
    };
    known.set(block, contract);
    return contract;
  }

  return (block, operationId, { status, body, headers }) => {
    const contract = contractOf(block);
    const operation = contract?.operations.get(operationId);
    if (contract === undefined || operation === undefined) return [];
    const contentType = headers['content-type'] ?? 'application/json';
    return contract.check.answer(operation, { status, body, contentType });
  };
}

interface Contract {
  readonly check: ContractCheck;
  readonly operations: ReadonlyMap<string, ContractOperation>;
}
