import type { Callback } from '../../../contracts/block.js';
import type { Effect, Operation, OperationContext } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { deriveId } from '../derive-id.js';
import type { PaymentsState } from '../state.js';
import { mayBecome, presentStage } from '../voucher-stage.js';

interface Change {
  readonly to: 'active' | 'cancelled';
  readonly verb: string;
}

interface Outcome {
  readonly effects: readonly Effect[];
  readonly callbacks: readonly Callback[];
  readonly code: '00' | '01';
  readonly description: string;
}

/** bb-payments, Voucher Activation. Activating again what is active is no failure. */
export const activateVouchers: Operation<PaymentsState> = async (context) => {
  const { RequestID = '', VoucherInstructions } = context.body as unknown as {
    RequestID?: string;
    VoucherInstructions: readonly { serialNumber: string }[];
  };
  const change: Change = { to: 'active', verb: 'activated' };
  const { code, description, effects, callbacks } = await changeVouchers(
    context,
    VoucherInstructions,
    RequestID,
    change,
  );
  const body = { ResponseCode: code, ResponseDescription: description, RequestID };
  return { status: 200, rule: `vouchers-activated:${code}`, body, effects, callbacks };
};

/** bb-payments, Voucher Cancellation. */
export const cancelVouchers: Operation<PaymentsState> = async (context) => {
  const { requestID = '', voucherInstructions } = context.body as unknown as {
    requestID?: string;
    voucherInstructions: readonly { serialNumber: string }[];
  };
  const change: Change = { to: 'cancelled', verb: 'cancelled' };
  const { code, description, effects, callbacks } = await changeVouchers(
    context,
    voucherInstructions,
    requestID,
    change,
  );
  const body = { responseCode: code, responseDescription: description, requestID };
  return { status: 200, rule: `vouchers-cancelled:${code}`, body, effects, callbacks };
};

async function changeVouchers(
  { state, headers, key, now }: OperationContext<PaymentsState>,
  instructions: readonly { readonly serialNumber: string }[],
  requestId: string,
  { to, verb }: Change,
): Promise<Outcome> {
  const found = await state.vouchers.getMany(instructions.map(({ serialNumber }) => serialNumber));
  const vouchers = new Map(found.map(({ doc }) => [doc._id, doc]));
  const effects: Effect[] = [];
  const failedCases: { serialNumber: string; failureReason: string }[] = [];
  for (const { serialNumber } of instructions) {
    const voucher = vouchers.get(serialNumber);
    const stage = voucher && presentStage(voucher, now);
    if (stage === to) continue;
    if (voucher && stage && mayBecome(stage, to)) effects.push(put('vouchers', { ...voucher, stage: to }));
    else
      failedCases.push({
        serialNumber,
        failureReason: stage ? `the voucher is ${stage}` : 'there is no such voucher',
      });
  }
  const url = headers['x-callback-url'];
  const callback = {
    id: `voucher-change/${deriveId('', 20, key)}`,
    block: 'payments' as const,
    operationId: 'vouchersChanged',
    url: url ?? '',
    body: {
      requestID: deriveId('R', 12, key),
      registerRequestID: requestId,
      numberFailedCases: failedCases.length,
      failedCases,
    },
  };
  const done = instructions.length - failedCases.length;
  return {
    effects,
    callbacks: url === undefined ? [] : [callback],
    code: done > 0 ? '00' : '01',
    description: `${done} of ${instructions.length} vouchers are ${verb} (training).`,
  };
}
