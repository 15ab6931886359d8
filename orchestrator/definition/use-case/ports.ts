import type { BlockId } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import type { LintPorts } from '../lint/ports.js';

/** An operation of a building block, as far as a caller must keep to it. */
export interface OperationContract {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header' | 'cookie';
    readonly required: boolean;
    readonly default?: Json;
  }[];
  readonly requestBody?: { readonly required: boolean };
  /** Query values that belong to the operation itself. */
  readonly when: Readonly<Record<string, string>>;
}

/** What the lint of a whole use case needs of other rooms. */
export interface UseCasePorts extends LintPorts {
  /** The operations of a block's own OpenAPI document by operationId; undefined when nobody knows the block. */
  operationsOf(block: BlockId): ReadonlyMap<string, OperationContract> | undefined;
  /** What of some data a JSON Schema refuses. */
  violations(
    schema: JsonObject,
    data: Json,
  ): readonly { readonly pointer: string; readonly message: string }[];
}
