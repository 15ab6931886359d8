import type { Effect, Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { readOlderBeneficiaries, type OlderBeneficiaries } from '../older-beneficiaries.js';
import { notTaken, taken } from '../older-answers.js';
import type { BeneficiaryDocument, PaymentsState } from '../state.js';

/** Older dialect, update-beneficiary-details: all or nobody. Somebody unknown is registered. */
export const updateBeneficiaryDetails: Operation<PaymentsState> = async ({ state, body, now }) => {
  const { RequestID, SourceBBID, Beneficiaries } = body as unknown as OlderBeneficiaries;
  const effects: Effect[] = [];
  for (const { payee, before, modality, address } of await readOlderBeneficiaries(state, Beneficiaries)) {
    if (modality === 'unknown')
      return notTaken(400, RequestID, `${payee}: no such PaymentModality`, 'unknown-modality');
    const route = modality ?? before?.modality;
    // A new address may lie with another institution.
    const institution = address === undefined ? before?.institution : undefined;
    const doc: BeneficiaryDocument = {
      _id: payee,
      ...(route === undefined ? {} : { modality: route }),
      address: address ?? before?.address ?? '',
      ...(institution === undefined ? {} : { institution }),
      active: before?.active ?? true,
      registeredBy: before?.registeredBy ?? SourceBBID,
      at: now.toISOString(),
    };
    effects.push(put('beneficiaries', doc));
  }
  return { ...taken(RequestID, 'The beneficiaries are updated (training).', 'updated'), effects };
};
