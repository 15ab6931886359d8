import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { Effect, OperationAnswer } from '../kit/block-definition.js';
import type { IdentityContext, TransactionDoc } from './state.js';

/** This block says everything with status 200: either `response`, or `errors` with the documented codes. */
export function success(
  context: IdentityContext,
  rule: string,
  response: JsonObject,
  effects: readonly Effect[] = [],
): OperationAnswer {
  return { status: 200, rule, body: { responseTime: timeText(context.now), response, errors: [] }, effects };
}

export function failure(
  context: IdentityContext,
  errorCode: string,
  errorMessage: string,
  effects: readonly Effect[] = [],
): OperationAnswer {
  return {
    status: 200,
    rule: `error:${errorCode}`,
    body: { responseTime: timeText(context.now), errors: [{ errorCode, errorMessage }] },
    effects,
  };
}

export function timeText(instant: Date): string {
  return instant.toISOString();
}

/** The `request` member that every body of this block wraps; valid against the contract already. */
export function requestOf(body: Json | undefined): unknown {
  return (body as { request: unknown }).request;
}

export function saveTransaction(doc: TransactionDoc): Effect {
  return { kind: 'put', collection: 'transactions', doc };
}

/** Looks random, and is the same when the same request is repeated under its key. */
export function mint(kind: string, key: string): string {
  return createHash('sha256').update(`${kind} ${key}`).digest('base64url').slice(0, 32);
}
