import type { Method } from '../../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { createContractCheck, type ContractCheck } from '../../mocks/kit/contract-check.js';
import {
  createOperationTable,
  resolveReference,
  type ContractOperation,
  type OperationTable,
} from '../../mocks/kit/operation-table.js';
import { publishedView } from './published-view.js';
import type { WireAnswer } from './wire.js';

export type Dialect = 'published' | 'older';

/** What a block's document says, for whoever looks at it from outside. */
export interface Contract {
  readonly document: JsonObject;
  readonly table: OperationTable;
  /** Operations of the dialect; extensions of this sandbox only when they are asked for. */
  readonly operations: readonly ContractOperation[];
  readonly check: ContractCheck;
  operation(operationId: string): ContractOperation;
  /** What is wrong with an answer, whatever was asked; empty when nothing is. */
  flaws(operation: ContractOperation, answer: WireAnswer): readonly Flaw[];
  /** What is wrong with the body of a callback that the document describes. */
  callbackFlaws(operationId: string, body: Json): readonly Flaw[];
}

export interface Flaw {
  readonly rule: string;
  readonly message: string;
}

const opened = new WeakMap<JsonObject, Map<string, Contract>>();

/** Compiling a document's schemas takes long, so a contract is kept as long as its document. */
export function openContract(
  document: JsonObject,
  dialect: Dialect,
  extensions: boolean,
  limits: boolean,
): Contract {
  const ofDocument = opened.get(document) ?? new Map<string, Contract>();
  opened.set(document, ofDocument);
  const key = `${dialect} ${String(extensions)}`;
  const known = ofDocument.get(key);
  if (known) return known;
  const made = createContract(extensions ? document : publishedView(document, limits), dialect, extensions);
  ofDocument.set(key, made);
  return made;
}

function createContract(document: JsonObject, dialect: Dialect, extensions: boolean): Contract {
  const table = createOperationTable(document);
  const check = createContractCheck(document);
  const byId = new Map(table.operations.map((operation) => [operation.operationId, operation]));
  const webhooks = webhookOperations(document);

  function flaws(operation: ContractOperation, answer: WireAnswer): readonly Flaw[] {
    const { status } = answer;
    if (status >= 500)
      return [{ rule: 'a request never makes the block fail', message: `it answered ${status}` }];
    const declared = declaredResponse(document, operation, status);
    if (declared === undefined) {
      // Refusals that the document does not know of are left to the block, in whatever shape.
      if (status >= 400) return [];
      return [{ rule: 'an answer has a declared status', message: `${status} is not declared` }];
    }
    if (!isJsonObject(declared.content)) return [];
    const types = Object.keys(declared.content);
    const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const isProblem = types.every((name) => name === 'application/problem+json');
    if (isProblem && !extensions) return problemFlaws(answer, type);
    if (answer.body === '')
      return [{ rule: 'an answer has the declared body', message: `${status} came without a body` }];
    const fits = types.some((name) => name.toLowerCase() === type);
    const found: Flaw[] = [];
    if (!fits)
      found.push({
        rule: 'an answer has a declared content type',
        message: `it is ${type === '' ? 'not named' : type}, declared: ${types.join(', ')}`,
      });
    const body = readBody(answer, types);
    if (body.flaw !== undefined) return [...found, body.flaw];
    if (!fits && status >= 400) return found;
    const errors = check.answer(operation, {
      status,
      body: body.value,
      contentType: fits ? type : 'application/json',
    });
    return [
      ...found,
      ...errors.map(({ pointer, message }) => ({
        rule: 'an answer has the declared shape',
        message: `${pointer} ${message}`,
      })),
    ];
  }

  return {
    document,
    table,
    check,
    operations: table.operations.filter(
      ({ operation }) =>
        (operation['x-sandbox-dialect'] === 'older' ? 'older' : 'published') === dialect &&
        (extensions || operation['x-sandbox-extension'] !== true),
    ),
    operation(operationId) {
      const found = byId.get(operationId);
      if (!found) throw new Error(`the document has no operation ${operationId}`);
      return found;
    },
    flaws,
    callbackFlaws(operationId, body) {
      const operation = webhooks.get(operationId);
      if (!operation) throw new Error(`the document has no webhook ${operationId}`);
      const parts = { path: {}, query: {}, headers: { 'content-type': 'application/json' }, body };
      return check.request(operation, parts).map(({ pointer, message }) => ({
        rule: 'a callback has the declared shape',
        message: `${pointer} ${message}`,
      }));
    },
  };
}

/** `default` speaks of failures only. */
function declaredResponse(
  document: JsonObject,
  { operation }: ContractOperation,
  status: number,
): JsonObject | undefined {
  const responses = isJsonObject(operation.responses) ? operation.responses : {};
  const exact = responses[String(status)] ?? (status >= 400 ? responses.default : undefined);
  return exact === undefined ? undefined : resolveReference(document, exact);
}

function readBody(
  answer: WireAnswer,
  types: readonly string[],
): { readonly value?: Json; readonly flaw?: Flaw } {
  if (!types.some((name) => /json$/.test(name))) return { value: answer.body };
  try {
    return { value: JSON.parse(answer.body) as Json };
  } catch {
    return { flaw: { rule: 'an answer has the declared shape', message: 'the body is no JSON' } };
  }
}

/** Of a refusal whose shape the specification leaves open, only what calls itself a problem document is looked at. */
function problemFlaws(answer: WireAnswer, type: string): readonly Flaw[] {
  if (type !== 'application/problem+json') return [];
  const rule = 'a problem document is one (RFC 9457)';
  try {
    const body = JSON.parse(answer.body) as Json;
    if (!isJsonObject(body)) return [{ rule, message: 'it is no JSON object' }];
    if (body.status !== undefined && body.status !== answer.status)
      return [
        { rule, message: `its status is ${JSON.stringify(body.status)}, the answer's ${answer.status}` },
      ];
    return [];
  } catch {
    return [{ rule, message: 'the body is no JSON' }];
  }
}

function webhookOperations(document: JsonObject): ReadonlyMap<string, ContractOperation> {
  const found = new Map<string, ContractOperation>();
  for (const [name, item] of Object.entries(isJsonObject(document.webhooks) ? document.webhooks : {})) {
    if (!isJsonObject(item) || !isJsonObject(item.post)) continue;
    const operationId = typeof item.post.operationId === 'string' ? item.post.operationId : name;
    const method: Method = 'POST';
    const operation = item.post;
    found.set(operationId, { operationId, method, template: name, operation, parameters: [], when: {} });
  }
  return found;
}
