import type { BlockResponse } from '../../contracts/block.js';
import type { OperationAnswer } from './block-definition.js';

export type OutcomeParts = Pick<OperationAnswer, 'effects' | 'callbacks' | 'jobs'>;

export function hasOutcome({ effects, callbacks, jobs }: OutcomeParts): boolean {
  return (effects?.length ?? 0) + (callbacks?.length ?? 0) + (jobs?.length ?? 0) > 0;
}

export function outcomeOf({ effects, callbacks, jobs }: OutcomeParts): OutcomeParts {
  return { ...(effects && { effects }), ...(callbacks && { callbacks }), ...(jobs && { jobs }) };
}

export function toResponse(
  answer: Pick<OperationAnswer, 'status' | 'body' | 'headers' | 'rule'>,
  extra: Readonly<Record<string, string>> = {},
): BlockResponse {
  const headers: Record<string, string> = {
    'x-sandbox-rule': answer.rule.replace(/[^\x20-\x7e]/g, '?'),
    ...extra,
  };
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers[name.toLowerCase()] = value;
  if (answer.body === undefined) return { status: answer.status, headers };
  headers['content-type'] ??= 'application/json';
  return { status: answer.status, headers, body: answer.body };
}
