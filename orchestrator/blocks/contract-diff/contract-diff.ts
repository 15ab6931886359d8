import type { BlockId, BlockResponse } from '../../../contracts/block.js';
import type { ContractDiff, OperationDiff } from '../../../contracts/contract-diff.js';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import type { RealBinding } from '../binding.js';
import type { DocumentFacts } from '../document-facts.js';
import { rewritePath } from '../real-request.js';
import { compareOperations, type OperationUse } from './compare-operations.js';
import { describeOperations } from './described-operation.js';
import { findDocument, type FoundDocument } from './find-document.js';

export interface CandidateCheck {
  readonly block: BlockId;
  readonly binding: RealBinding;
  /** Only this one of the block's operations. */
  readonly operationId?: string | undefined;
  /** Where the candidate's OpenAPI document is; looked for in the usual places when absent. */
  readonly document?: string | undefined;
  readonly uses: readonly OperationUse[];
}

export interface ContractDiffDeps {
  readonly openapiOf: (block: BlockId) => JsonObject | undefined;
  readonly factsOf: (block: BlockId) => DocumentFacts;
  /** Asks the candidate, as the binding would; the credentials go to the binding's own origin only. */
  readonly read: (binding: RealBinding, url: URL) => Promise<ReadResult>;
}

export type ReadResult =
  | { readonly kind: 'answered'; readonly response: BlockResponse }
  | { readonly kind: 'lost'; readonly why: string };

/** What every request through the mediator has. */
const OWN_HEADERS = [
  'accept',
  'content-type',
  'idempotency-key',
  'x-govstack-client',
  'information-mediator-client',
  'x-road-client',
  'x-road-id',
];

/** Looks whether the candidate is there, finds its document, and compares operation by operation. Changes nothing. */
export async function diffContract(deps: ContractDiffDeps, check: CandidateCheck): Promise<ContractDiff> {
  const { block, binding, operationId, uses } = check;
  const seen: ReadResult[] = [];
  const read = async (url: URL): Promise<BlockResponse | undefined> => {
    const result = await deps.read(binding, url);
    seen.push(result);
    return result.kind === 'answered' ? result.response : undefined;
  };
  const { olderPaths } = deps.factsOf(block);
  const rules = [...(binding.rewrite ?? []), ...(binding.dialect === 'older' ? olderPaths : [])];
  const ours = describeOperations(deps.openapiOf(block) ?? {}).filter(
    (one) => operationId === undefined || one.operationId === operationId,
  );
  const compared = (found: FoundDocument): readonly OperationDiff[] =>
    compareOperations({
      ours,
      theirs: describeOperations(found.document),
      pathsThere: (path) => pathsThere(binding.baseUrl, found, rewritePath(rules, path)),
      headers: headersOf(binding),
      uses,
    });
  const found = await findDocument(binding.baseUrl, check.document, read, (other) =>
    compared(other).some(({ differences }) => differences.every((one) => one.in !== 'operation')),
  );
  const [first] = seen;
  const reachable = first?.kind === 'answered';
  const probe = first === undefined || first.kind === 'lost' ? (first?.why ?? 'not asked') : 'it answers';
  if (found === undefined) return { reachable, probe, verdict: 'unknown', operations: [] };
  const operations = compared(found);
  return { reachable, probe, document: found.url.href, verdict: worst(operations), operations };
}

/** With the prefix of the document's server taken away, and as it is: documents often forget where they are served. */
function pathsThere(baseUrl: string, { document, url }: FoundDocument, path: string): readonly string[] {
  const full = `${new URL(baseUrl).pathname.replace(/\/+$/, '')}${path}`;
  const prefixes = prefixesOf(document, url).filter(
    (prefix) => prefix !== '' && full.startsWith(`${prefix}/`),
  );
  return [...new Set([...prefixes.map((prefix) => full.slice(prefix.length)), full, path])];
}

function prefixesOf({ servers, basePath }: JsonObject, source: URL): readonly string[] {
  if (typeof basePath === 'string') return [basePath.replace(/\/+$/, '')];
  return (Array.isArray(servers) ? (servers as readonly Json[]) : []).flatMap((server) => {
    const text = isJsonObject(server) && typeof server['url'] === 'string' ? server['url'] : '';
    return URL.canParse(text, source.href) ? [new URL(text, source).pathname.replace(/\/+$/, '')] : [];
  });
}

function headersOf({
  headers = {},
  secretHeaders = {},
  renameHeaders = {},
  auth,
}: RealBinding): ReadonlySet<string> {
  const added = [...Object.keys(headers), ...Object.keys(secretHeaders), ...Object.values(renameHeaders)];
  const names = [...OWN_HEADERS, ...added, ...(auth === undefined ? [] : ['authorization'])];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** What no use case calls breaks nothing now; it is listed all the same. */
function worst(operations: readonly OperationDiff[]): ContractDiff['verdict'] {
  const used = operations.filter(({ usedBy }) => usedBy.length > 0);
  if (used.some(({ verdict }) => verdict === 'breaking')) return 'breaking';
  return operations.some(({ verdict }) => verdict !== 'same') ? 'compatible' : 'same';
}
