import type { Json } from '../../contracts/json.js';
import type { OperationAnswer } from '../kit/contract-block.js';

/** Answers in the older dialect's shapes. `00` took the request, `01` did not; the RequestID is echoed, never compared. */
export function taken(RequestID: string, ResponseDescription: string, rule: string): OperationAnswer {
  return { status: 200, rule, body: { ResponseCode: '00', ResponseDescription, RequestID } };
}

export function notTaken(
  status: 200 | 400,
  RequestID: string,
  ResponseDescription: string,
  rule: string,
): OperationAnswer {
  return { status, rule, body: { ResponseCode: '01', ResponseDescription, RequestID } };
}

/** What the older voucher operations say when they refuse: statuses of their own beside HTTP's. */
export function refusedVoucher(status: number, message: string, rule: string): OperationAnswer {
  return { status, rule, body: { message } };
}

const DIGITS = /^\d{1,25}$/;

/** A voucher's number or serial number: candidates send it as a number or as text. Undefined when it is neither. */
export function voucherDigits(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  return typeof value === 'string' && DIGITS.test(value) ? value : undefined;
}
