import type { Callback } from '../../../contracts/block.js';
import type { Effect, Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import type { PaymentModality } from '../../kit/institutions.js';
import { deriveId } from '../derive-id.js';
import { mappingFailure, mappingRule } from '../outcomes.js';
import type { BeneficiaryDocument, PaymentsState } from '../state.js';

interface Update {
  readonly requestID: string;
  readonly sourceBBID: string;
  readonly beneficiaries: readonly {
    readonly payeeIdentity: string;
    readonly bankingInstitutionCode?: string;
    readonly paymentModality?: PaymentModality;
    readonly financialAddress?: string;
    readonly status?: '0' | '1';
  }[];
}

/** bb-payments, Beneficiary Update. Somebody unknown is registered, when the update says enough. */
export const updateBeneficiaries: Operation<PaymentsState> = async ({ state, body, headers, key, now }) => {
  const { requestID, sourceBBID, beneficiaries } = body as unknown as Update;
  const found = await state.beneficiaries.getMany(beneficiaries.map(({ payeeIdentity }) => payeeIdentity));
  const known = new Map(found.map(({ doc }): [string, BeneficiaryDocument] => [doc._id, doc]));
  const effects: Effect[] = [];
  const failedCases: { payeeFunctionalID: string; paymentModality: string; failureReason: string }[] = [];
  for (const change of beneficiaries) {
    const before = known.get(change.payeeIdentity);
    const modality = change.paymentModality ?? before?.modality;
    const address = change.financialAddress ?? before?.address ?? '';
    const fail = (failureReason: string): void => {
      failedCases.push({
        payeeFunctionalID: change.payeeIdentity,
        paymentModality: modality ?? '',
        failureReason,
      });
    };
    if (modality === undefined || (address === '' && modality !== '02')) {
      fail('not registered yet: paymentModality and financialAddress are needed');
      continue;
    }
    const refused = mappingFailure(address);
    if (refused !== undefined) {
      fail(refused);
      continue;
    }
    const institution =
      change.bankingInstitutionCode ?? (change.financialAddress ? undefined : before?.institution);
    const doc: BeneficiaryDocument = {
      _id: change.payeeIdentity,
      modality,
      address,
      ...(institution === undefined ? {} : { institution }),
      active: change.status === undefined ? (before?.active ?? true) : change.status === '1',
      registeredBy: before?.registeredBy ?? sourceBBID,
      at: now.toISOString(),
    };
    known.set(doc._id, doc);
    effects.push(put('beneficiaries', doc));
  }
  const url = headers['x-callback-url'];
  const callback: Callback | undefined =
    url === undefined
      ? undefined
      : {
          id: `update/${deriveId('', 20, key)}`,
          block: 'payments',
          operationId: 'beneficiariesUpdated',
          url,
          body: {
            requestID: deriveId('R', 12, key),
            registerRequestID: requestID,
            numberFailedCases: failedCases.length,
            failedCases,
          },
        };
  return {
    status: 200,
    rule: mappingRule(
      failedCases.length === 0 ? 'updated' : 'updated-in-part',
      beneficiaries.map(({ financialAddress = '' }) => financialAddress),
    ),
    body: {
      responseCode: failedCases.length < beneficiaries.length ? '00' : '01',
      responseDescription: `${effects.length} of ${beneficiaries.length} beneficiaries were updated (training).`,
      requestID,
    },
    effects,
    ...(callback ? { callbacks: [callback] } : {}),
  };
};
