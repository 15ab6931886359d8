import type { JsonObject } from '../../contracts/json.js';
import type { Effect, OperationAnswer } from '../kit/block-definition.js';
import { timeText } from './answers.js';
import type { IdentityContext } from './state.js';

/** The envelope of the credential management document: `id` and `version` are the request's. */
export function envelope(
  context: IdentityContext,
  time: 'responsetime' | 'responseTime' = 'responsetime',
): JsonObject {
  const { id, version } = (context.body ?? {}) as { id?: string; version?: string };
  return { ...(id === undefined ? {} : { id }), version: version ?? '1.0', [time]: timeText(context.now) };
}

export function managed(
  context: IdentityContext,
  rule: string,
  response: JsonObject,
  more: { readonly effects?: readonly Effect[]; readonly headers?: Readonly<Record<string, string>> } = {},
): OperationAnswer {
  return { status: 200, rule, body: { ...envelope(context), response, errors: [] }, ...more };
}

/** Said with status 200, as the documents of this block do; `response` is there all the same where it is required. */
export function failed(context: IdentityContext, errorCode: string, message: string): OperationAnswer {
  return {
    status: 200,
    rule: `error:${errorCode}`,
    body: { ...envelope(context), response: {}, errors: [{ errorCode, message, errorMessage: message }] },
  };
}

export function unauthorized(context: IdentityContext, message: string): OperationAnswer {
  return {
    status: 401,
    rule: 'error:unauthorized',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    body: { ...envelope(context), errors: [{ errorCode: 'unauthorized', errorMessage: message }] },
  };
}
