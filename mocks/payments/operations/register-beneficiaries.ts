import type { Effect, Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { isPaymentModality } from '../../kit/institutions.js';
import { deriveId } from '../derive-id.js';
import { mappingFailure, mappingRule } from '../outcomes.js';
import type { BeneficiaryDocument, PaymentsState } from '../state.js';

interface Registration {
  readonly RequestID: string;
  readonly Beneficiaries: readonly {
    readonly payeeIdentity: string;
    readonly PaymentModality?: string;
    readonly FinancialAddress?: string;
  }[];
}

/** bb-payments, Beneficiary Onboarding. Registering the same details again is no failure; others need an update. */
export const registerBeneficiaries: Operation<PaymentsState> = async ({ state, body, headers, key, now }) => {
  const { RequestID, Beneficiaries } = body as unknown as Registration;
  const found = await state.beneficiaries.getMany(Beneficiaries.map(({ payeeIdentity }) => payeeIdentity));
  const known = new Map(found.map(({ doc }): [string, BeneficiaryDocument] => [doc._id, doc]));
  const effects: Effect[] = [];
  const failedCases: { payeeIdentity: string; paymentModality: string; failureReason: string }[] = [];
  for (const {
    payeeIdentity,
    PaymentModality: modality = '',
    FinancialAddress: address = '',
  } of Beneficiaries) {
    const fail = (failureReason: string): void => {
      failedCases.push({ payeeIdentity, paymentModality: modality, failureReason });
    };
    if (!isPaymentModality(modality)) {
      fail('PaymentModality must be one of 00, 01, 02, 03, 04');
      continue;
    }
    if (address === '' && modality !== '02') {
      fail('FinancialAddress is missing');
      continue;
    }
    const refused = mappingFailure(address);
    if (refused !== undefined) {
      fail(refused);
      continue;
    }
    const before = known.get(payeeIdentity);
    if (before && (before.modality !== modality || before.address !== address)) {
      fail('registered before with other details: send an update');
      continue;
    }
    if (before) continue;
    const registeredBy = headers['x-registering-institution-id'] ?? '';
    const doc: BeneficiaryDocument = {
      _id: payeeIdentity,
      modality,
      address,
      active: true,
      registeredBy,
      at: now.toISOString(),
    };
    known.set(payeeIdentity, doc);
    effects.push(put('beneficiaries', doc));
  }
  return {
    status: 200,
    rule: mappingRule(
      failedCases.length === 0 ? 'registered' : 'registered-in-part',
      Beneficiaries.map(({ FinancialAddress = '' }) => FinancialAddress),
    ),
    body: {
      responseCode: '00',
      responseDescription: 'The request was received; the result follows as a callback (training).',
      requestID: RequestID,
    },
    effects,
    callbacks: [
      {
        id: `registration/${deriveId('', 20, key)}`,
        block: 'payments',
        operationId: 'beneficiariesRegistered',
        url: headers['x-callback-url'] ?? '',
        body: {
          requestID: deriveId('R', 12, key),
          registerRequestID: RequestID,
          numberFailedCases: failedCases.length,
          failedCases,
        },
      },
    ],
  };
};
