import type { BlockId, BlockResponse } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import { createContractCheck, type ContractCheck } from './contract-check.js';
import { createOperationTable, type ContractOperation } from './operation-table.js';
import { describeErrors } from './refusals.js';

/** Says why a caller cannot read a successful answer as the block's contract promises; undefined when it can. */
export type Unreadable = (block: BlockId, operationId: string, answer: BlockResponse) => string | undefined;

interface Contract {
  readonly check: ContractCheck;
  readonly operations: ReadonlyMap<string, ContractOperation>;
}

/** Contracts are read when they are first asked for, and kept. */
export function createUnreadable(openapiOf: (block: BlockId) => JsonObject | undefined): Unreadable {
  const contracts = new Map<BlockId, Contract>();

  function contractOf(block: BlockId): Contract | undefined {
    const known = contracts.get(block);
    const document = known ? undefined : openapiOf(block);
    if (document === undefined) return known;
    const { operations } = createOperationTable(document);
    const made = {
      check: createContractCheck(document),
      operations: new Map(operations.map((operation) => [operation.operationId, operation])),
    };
    contracts.set(block, made);
    return made;
  }

  return (block, operationId, { status, headers, body }) => {
    const contract = contractOf(block);
    const operation = contract?.operations.get(operationId);
    if (contract === undefined || operation === undefined || status >= 300 || body === undefined)
      return undefined;
    const contentType = headers['content-type'] ?? 'application/json';
    const promised = declaresOnlyJson(operation, status);
    if (promised && !/[/+]json\b/i.test(contentType))
      return `it came as ${contentType}, where JSON is promised`;
    const errors = contract.check.unreadable(operation, { status, body, contentType });
    return errors.length === 0 ? undefined : describeErrors(errors.slice(0, 3));
  };
}

/** Whether the contract names media types for this answer, all of them JSON. */
function declaresOnlyJson({ operation }: ContractOperation, status: number): boolean {
  const responses = operation['responses'] as Readonly<Record<string, JsonObject>> | undefined;
  const content = responses?.[String(status)]?.['content'];
  const types = Object.keys((content ?? {}) as JsonObject);
  return types.length > 0 && types.every((type) => /[/+]json\b/i.test(type));
}
