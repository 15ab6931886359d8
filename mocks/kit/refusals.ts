import type { BlockRequest } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import { problems, SandboxError, type ProblemCode, toProblemDocument } from '../../contracts/problems.js';
import type { OperationAnswer, Refusal } from './block-definition.js';
import type { FieldError } from './contract-check.js';

export interface RefusalReason {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly rule: string;
  /** Differs from the code's own status for 405 and 422 and for faults. */
  readonly status?: number;
  readonly errors?: readonly FieldError[];
  readonly operationId?: string;
}

export function createRefusal(request: BlockRequest, reason: RefusalReason): Refusal {
  const { title, fix, status } = problems[reason.code];
  return {
    status: reason.status ?? status,
    code: reason.code,
    title,
    fix,
    detail: reason.detail,
    rule: reason.rule,
    errors: reason.errors ?? [],
    ...(reason.operationId === undefined ? {} : { operationId: reason.operationId }),
    method: request.method,
    path: request.path,
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

/** RFC 9457 document: the shape of refusals wherever the official document declares none. */
export function problemAnswer(refusal: Refusal): OperationAnswer {
  const error = new SandboxError(refusal.code, { detail: refusal.detail });
  const errors: readonly JsonObject[] = refusal.errors.map(({ pointer, message }) => ({ pointer, message }));
  return {
    status: refusal.status,
    headers: { 'content-type': 'application/problem+json' },
    body: { ...toProblemDocument(error), status: refusal.status, ...(errors.length > 0 ? { errors } : {}) },
    rule: refusal.rule,
  };
}

/** One sentence for shapes that have a single text field, such as responseDescription. */
export function refusalSentence(refusal: Refusal, longest = 200): string {
  return refusal.detail.length <= longest ? refusal.detail : `${refusal.detail.slice(0, longest - 1)}…`;
}

export function describeErrors(errors: readonly FieldError[]): string {
  return errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
}
