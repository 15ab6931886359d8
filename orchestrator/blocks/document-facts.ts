import type { BlockId, Method } from '../../contracts/block.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import { indexOperations, members, type OperationIndex } from './operation-index.js';
import type { PathRule } from './real-request.js';

/** What delivery must know of a block's own OpenAPI document. */
export interface DocumentFacts {
  readonly operations: OperationIndex;
  /** Whether an operation changes nothing: by its method, or because the document says so (`x-sandbox-reads`). */
  reads(operationId: string | undefined, method: Method): boolean;
  /** From the published paths to those of the older dialect, for operations that differ in nothing else. */
  readonly olderPaths: readonly PathRule[];
}

/** Documents do not change while a process runs, so each is looked at once. */
export function createDocumentFacts(
  openapiOf: (block: BlockId) => JsonObject | undefined,
): (block: BlockId) => DocumentFacts {
  const known = new Map<BlockId, DocumentFacts>();
  return (block) => {
    const facts = known.get(block) ?? factsOf(openapiOf(block) ?? {});
    known.set(block, facts);
    return facts;
  };
}

/** How the documents name the operations of the older dialect. */
const OLDER_SUFFIXES = ['Older', 'Unprefixed'];

function factsOf(document: JsonObject): DocumentFacts {
  const operations = indexOperations(document);
  const reading = new Set(
    members(document.paths).flatMap(([, item]) =>
      members(item)
        .map(([, operation]) => operation)
        .filter(isJsonObject)
        .filter((operation) => operation['x-sandbox-reads'] === true)
        .map(({ operationId }) => operationId),
    ),
  );
  return {
    operations,
    reads: (operationId, method) =>
      method === 'GET' || method === 'HEAD' || (operationId !== undefined && reading.has(operationId)),
    olderPaths: [...operations.values()].flatMap(({ operationId, template: from }) => {
      const older = OLDER_SUFFIXES.map((suffix) => operations.get(`${operationId}${suffix}`)).find(
        (one) => one !== undefined,
      );
      return older === undefined ? [] : [{ from, to: older.template }];
    }),
  };
}
