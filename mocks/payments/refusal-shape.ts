import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import type { OperationAnswer, Refusal } from '../kit/contract-block.js';
import { problemAnswer, refusalSentence } from '../kit/refusals.js';

const LONGEST_REQUEST_ID = 12;

/** Refusals in the shape that the published document declares for the operation; problem+json where it has none. */
export function paymentsRefusal(refusal: Refusal): OperationAnswer {
  const { status, rule } = refusal;
  const description = refusalSentence(refusal);
  switch (refusal.operationId) {
    case 'registerBeneficiaries':
    case 'createVouchers':
    case 'activateVouchers':
      return {
        status,
        rule,
        body: { ResponseCode: '01', ResponseDescription: description, RequestID: requestId(refusal) },
      };
    case 'updateBeneficiaries':
    case 'cancelVouchers':
      return {
        status,
        rule,
        body: { responseCode: '01', responseDescription: description, requestID: requestId(refusal) },
      };
    case 'redeemVoucher':
      return { status, rule, body: { status: 0, message: refusalSentence(refusal, 20) } };
    case 'getVoucherStatus':
      return { status, rule, body: { status: 9, message: description, value: 0 } };
    case 'prepaymentValidation':
    case 'prepaymentValidationResponse':
      // The older dialect says in the body alone that it did not take a request.
      return { status: refusal.code === 'GSB-REQ-001' ? 200 : status, rule, body: olderBody(refusal) };
    case 'bulkPayment':
    case 'creditInstructions':
    case 'registerBeneficiary':
    case 'updateBeneficiaryDetails':
      return { status, rule, body: olderBody(refusal) };
    case 'voucherPreactivation':
    case 'voucherActivation':
    case 'voucherRedemption':
    case 'voucherRedemptionMisspelt':
    case 'voucherStatusCheck':
    case 'voucherCancellation':
      return { status, rule, body: { message: description } };
    default:
      return problemAnswer(refusal);
  }
}

function requestId({ body }: Refusal): string {
  if (!isJsonObject(body)) return '';
  const given = body.RequestID ?? body.requestID;
  return typeof given === 'string' ? given.slice(0, LONGEST_REQUEST_ID) : '';
}

/** A RequestID that is not valid itself cannot be echoed: its length is fixed in answers too. */
function olderBody(refusal: Refusal): JsonObject {
  const given = isJsonObject(refusal.body) ? refusal.body.RequestID : undefined;
  const echoed = typeof given === 'string' && given.length === LONGEST_REQUEST_ID;
  return {
    ResponseCode: '01',
    ResponseDescription: refusalSentence(refusal),
    ...(echoed ? { RequestID: given } : {}),
  };
}
