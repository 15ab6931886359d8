import type { OperationAnswer, Refusal } from '../kit/block-definition.js';

/** Refusals in the published shape of a system error; the fix is part of the message. */
export function registrationRefusal({ status, code, title, detail, fix, rule }: Refusal): OperationAnswer {
  return { status, rule, body: { code, message: `${title}: ${detail}. ${fix}` } };
}
