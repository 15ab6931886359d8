import type { Method } from '../../../contracts/block.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createContractCheck } from '../../../mocks/kit/contract-check.js';
import { createOperationTable } from '../../../mocks/kit/operation-table.js';
import { parseQuery } from '../../../mocks/kit/query-string.js';
import type { GeneratedRequest } from './make-request.js';
import type { WireAnswer } from './wire.js';

/** What an answer is, and what is wrong with it by the block's own contract. */
export interface Verdict {
  readonly operationId: string | undefined;
  readonly status: number;
  readonly rule: string;
  readonly contentType: string;
  readonly body: Json | undefined;
  readonly wrong: readonly string[];
}

/** X-Road answers 500 where nobody stands behind an address: its protocol, no failure of ours. */
const X_ROAD_FAULTS = new Set([
  'mediator:Server.ClientProxy.UnknownMember',
  'mediator:Server.ServerProxy.UnknownService',
]);

/** Statuses of the kit that concern no operation: the path, the method, the size of the body. */
const BEFORE_ANY_OPERATION = new Set([
  'no-operation',
  'no-method',
  'no-variant',
  'body-too-large',
  'unreadable-body',
]);

export function createJudge(
  document: JsonObject,
): (request: GeneratedRequest, answer: WireAnswer) => Verdict {
  const table = createOperationTable(document);
  const check = createContractCheck(document);
  return ({ method, target }, { status, headers, text }) => {
    const wrong: string[] = [];
    const rule = one(headers['x-sandbox-rule']);
    const contentType = one(headers['content-type']);
    if (rule === '') wrong.push('X-Sandbox-Rule is missing');
    if (rule.startsWith('defect')) wrong.push(`the block broke: ${rule}`);
    if (status >= 500 && !X_ROAD_FAULTS.has(rule)) wrong.push(`status ${status}`);
    const { body, broken } = read(text, contentType);
    if (broken) wrong.push(`a body of ${contentType || 'no type'} that is no JSON`);
    if (text !== '' && contentType === '') wrong.push('a body without a content type');
    const [path = '', ...query] = target.split('?');
    const match = table.match(method as Method, path, parseQuery(query.join('?')));
    if (match.kind !== 'found') return { operationId: undefined, status, rule, contentType, body, wrong };
    if (!BEFORE_ANY_OPERATION.has(rule) && !rule.startsWith('mediator:') && status < 500) {
      const violations = check.answer(match.operation, { status, body, contentType });
      wrong.push(...violations.map(({ pointer, message }) => `contract: ${pointer} ${message}`));
    }
    return { operationId: match.operation.operationId, status, rule, contentType, body, wrong };
  };
}

const one = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(', ') : (value ?? '');

function read(text: string, contentType: string): { body: Json | undefined; broken: boolean } {
  if (text === '') return { body: undefined, broken: false };
  try {
    return { body: JSON.parse(text) as Json, broken: false };
  } catch {
    return { body: text, broken: /json/.test(contentType) };
  }
}
