import type { Method } from '../../contracts/block.js';
import { isJsonObject, textOf, type Json, type JsonObject } from '../../contracts/json.js';
import type { OperationAnswer, Refusal } from './block-definition.js';
import { createRefusal, problemAnswer, type RefusalReason } from './refusals.js';
import { resolveReference } from './operation-table.js';

/**
 * What the kit answers on a block's behalf belongs to the block's contract, though no block writes it down: 400 for a
 * request that does not fit, and the Idempotency-Key of writing operations with its 422. Declared here for each
 * operation that does not declare it itself, in the shape in which the block refuses.
 */
export function withKitAnswers(
  document: JsonObject,
  refusal: (refusal: Refusal) => OperationAnswer = problemAnswer,
): JsonObject {
  const paths = Object.entries(isJsonObject(document.paths) ? document.paths : {});
  return {
    ...document,
    paths: Object.fromEntries(paths.map(([path, item]) => [path, completeItem(path, item)])),
  };

  function completeItem(path: string, item: Json | undefined): Json {
    if (!isJsonObject(item)) return item ?? null;
    const complete = (method: string, operation: JsonObject): JsonObject =>
      completeOperation(path, method.toUpperCase() as Method, item, operation);
    return Object.fromEntries(
      Object.entries(item).map(([name, member]): [string, Json] => {
        if (METHODS.includes(name) && isJsonObject(member)) return [name, complete(name, member)];
        if (name !== 'x-sandbox-operations' || !Array.isArray(member)) return [name, member ?? null];
        const further = (member as readonly Json[]).map((one) =>
          isJsonObject(one) && typeof one.method === 'string' ? complete(one.method, one) : one,
        );
        return [name, further];
      }),
    );
  }

  function completeOperation(
    path: string,
    method: Method,
    item: JsonObject,
    operation: JsonObject,
  ): JsonObject {
    const own = isJsonObject(operation.responses) ? operation.responses : {};
    const given = [item.parameters, operation.parameters].flatMap((list) =>
      Array.isArray(list) ? (list as readonly Json[]) : [],
    );
    const writes = method !== 'GET' && method !== 'HEAD';
    const reasons = [
      ...(given.length > 0 || operation.requestBody !== undefined ? [INVALID] : []),
      ...(writes ? [OTHER_REQUEST] : []),
    ];
    const { operationId } = operation;
    const added = reasons.map((reason): [string, Json] => {
      const request = { method, path, query: {}, headers: {} };
      const answer = refusal(createRefusal(request, { ...reason, operationId: operationId as string }));
      const type = answer.headers?.['content-type'] ?? 'application/json';
      const schema = type === PROBLEM ? problemSchema : shapeOf(own, type);
      return [String(answer.status), { description: reason.detail, content: { [type]: { schema } } }];
    });
    const knowsKey = given.some((one) =>
      /^idempotency-key$/i.test(textOf(resolveReference(document, one).name)),
    );
    return {
      ...operation,
      ...(writes && !knowsKey ? { parameters: [...listOf(operation.parameters), keyParameter] } : {}),
      responses: own.default === undefined ? { ...Object.fromEntries(added), ...own } : own,
    };
  }

  /** Of an answer that is declared in this media type: a block has one shape for what it refuses. */
  function shapeOf(responses: JsonObject, type: string): JsonObject {
    const refusals = Object.keys(responses).filter((status) => Number(status) >= 400);
    for (const status of [...refusals, '200']) {
      const { content } = resolveReference(document, responses[status]);
      const media = isJsonObject(content) ? (content[type] ?? content['application/json']) : undefined;
      if (isJsonObject(media) && isJsonObject(media.schema)) return media.schema;
    }
    return {};
  }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const PROBLEM = 'application/problem+json';

const INVALID: RefusalReason = {
  code: 'GSB-REQ-001',
  rule: 'invalid-request',
  detail: 'The request does not fit this contract',
};
const OTHER_REQUEST: RefusalReason = {
  code: 'GSB-REQ-003',
  status: 422,
  rule: 'idempotency-mismatch',
  detail: 'The Idempotency-Key was used before with another request',
};

const keyParameter: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same request gets the first answer again, and nothing is done twice.',
  'x-sandbox-extension': true,
  schema: { type: 'string' },
};

const problemSchema: JsonObject = {
  type: 'object',
  description: 'A problem by RFC 9457.',
  required: ['type', 'title', 'status', 'detail', 'code', 'fix'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    fix: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: { pointer: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
