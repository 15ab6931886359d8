import type { Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { isCurrency, isPayable, toMinor } from '../../kit/money.js';
import { deriveId } from '../derive-id.js';
import type { PaymentsState, VoucherDocument } from '../state.js';
import { voucherNumber } from '../voucher-number.js';
import { voucherExpiry } from '../voucher-stage.js';

interface VoucherCreation {
  readonly requestID: string;
  readonly batchID: string;
  readonly voucherInstructions: readonly {
    readonly instructionID: string;
    readonly groupCode?: string;
    readonly currency: string;
    readonly amount: number;
    readonly payeeFunctionalID: string;
    readonly narration?: string;
  }[];
}

export const FIRST_SERIAL = 100_001;

/** bb-payments, Voucher Creation: serial numbers of six digits, as the activation document limits them. */
export const createVouchers: Operation<PaymentsState> = async ({ state, body, headers, key, now }) => {
  const { requestID, batchID, voucherInstructions } = body as unknown as VoucherCreation;
  const wrong = voucherInstructions.find(
    ({ amount, currency }) => !isPayable(amount) || !isCurrency(currency),
  );
  if (wrong) {
    const description = `${wrong.instructionID}: amount or currency is not valid`;
    return answer('01', description, 'voucher-refused');
  }
  const counter = (await state.counters.get('vouchers'))?.doc.next ?? FIRST_SERIAL;
  const expiresAt = voucherExpiry(now);
  const vouchers = voucherInstructions.map((instruction, index): VoucherDocument => ({
    _id: String(counter + index),
    stage: 'created',
    voucherNumber: voucherNumber(key, instruction.instructionID),
    batchId: batchID,
    instructionId: instruction.instructionID,
    programme: headers['x-program-id'] ?? headers['x-registering-institution-id'] ?? '',
    payeeIdentity: instruction.payeeFunctionalID,
    amountMinor: toMinor(instruction.amount),
    currency: instruction.currency,
    expiresAt,
    ...(instruction.groupCode === undefined ? {} : { group: instruction.groupCode }),
  }));
  const effects = vouchers.map((voucher) => put('vouchers', voucher));
  return {
    ...answer(
      '00',
      'The vouchers were created; their numbers follow as a callback (training).',
      'vouchers-created',
    ),
    effects: [...effects, put('counters', { _id: 'vouchers', next: counter + vouchers.length })],
    callbacks: [
      {
        id: `vouchers/${deriveId('', 20, key)}`,
        block: 'payments',
        operationId: 'vouchersCreated',
        url: headers['x-callback-url'] ?? '',
        body: {
          requestID,
          batchID,
          voucherInstructions: voucherInstructions.map(
            ({ instructionID, currency, amount, narration }, index) => ({
              instructionID,
              serialNumber: vouchers[index]?._id ?? '',
              voucherNumber: vouchers[index]?.voucherNumber ?? '',
              currency,
              amount,
              ...(narration === undefined ? {} : { narration }),
            }),
          ),
        },
      },
    ],
  };

  function answer(code: '00' | '01', description: string, rule: string) {
    return {
      status: 200,
      rule,
      body: { ResponseCode: code, ResponseDescription: description, RequestID: requestID },
    };
  }
};
