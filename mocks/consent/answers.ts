import type { JsonObject } from '../../contracts/json.js';
import { problems } from '../../contracts/problems.js';
import type { OperationAnswer, Refusal } from '../kit/block-definition.js';
import { problemAnswer } from '../kit/refusals.js';
import type { ConsentAnswer, ConsentContext } from './state.js';

/** The official document knows 200 and 400 only: whatever is wrong, the reason is in `detail` and the rule in the header. */
export function refuse(rule: string, detail: string): ConsentAnswer {
  const { title, fix } = problems['GSB-REQ-001'];
  return {
    status: 400,
    rule,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: 'https://govstack-sandbox.invalid/errors#GSB-REQ-001',
      code: 'GSB-REQ-001',
      title,
      status: 400,
      detail,
      fix,
      rule,
    },
  };
}

/** What the kit itself refuses, with the rule in the body as well. */
export function consentRefusal(refusal: Refusal): OperationAnswer {
  const { body, ...answer } = problemAnswer(refusal);
  return { ...answer, body: { ...(body as JsonObject), rule: refusal.rule } };
}

export function unknown(field: string, id: string): ConsentAnswer {
  return refuse('unknown', `${field} ${id} is not known`);
}

/** The first value of a query parameter. */
export function queryText(context: ConsentContext, name: string): string | undefined {
  const value = context.query[name];
  return typeof value === 'string' ? value : value?.[0];
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

const DEFAULT_LIMIT = 100;

/** `offset` and `limit` of a list; both are valid against the contract already. */
export function pageOf(context: ConsentContext): Page {
  return {
    offset: Number(queryText(context, 'offset') ?? 0),
    limit: Number(queryText(context, 'limit') ?? DEFAULT_LIMIT),
  };
}
