import type { Effect, Operation } from '../../kit/contract-block.js';
import { put } from '../../kit/effects.js';
import { readOlderBeneficiaries, type OlderBeneficiaries } from '../older-beneficiaries.js';
import { notTaken, taken } from '../older-answers.js';
import type { PaymentsState } from '../state.js';

/**
 * Older dialect, register-beneficiary: all or nobody, since there is no callback that could name the failed. The same
 * details again are no failure, and what was missing is added; other details need an update.
 */
export const registerBeneficiary: Operation<PaymentsState> = async ({ state, body, now }) => {
  const { RequestID, SourceBBID, Beneficiaries } = body as unknown as OlderBeneficiaries;
  const read = await readOlderBeneficiaries(state, Beneficiaries);
  const effects: Effect[] = [];
  for (const { payee, before, modality, address } of read) {
    if (modality === 'unknown')
      return notTaken(400, RequestID, `${payee}: no such PaymentModality`, 'unknown-modality');
    const differs =
      (before?.modality !== undefined && modality !== undefined && before.modality !== modality) ||
      (before !== undefined && before.address !== '' && address !== undefined && before.address !== address);
    if (differs)
      return notTaken(
        400,
        RequestID,
        `${payee} was registered before with other details: send an update`,
        'registered-otherwise',
      );
    const route = modality ?? before?.modality;
    const doc = {
      ...(before ?? { active: true, registeredBy: SourceBBID }),
      _id: payee,
      ...(route === undefined ? {} : { modality: route }),
      address: address ?? before?.address ?? '',
      at: before?.at ?? now.toISOString(),
    };
    effects.push(put('beneficiaries', doc));
  }
  return { ...taken(RequestID, 'The beneficiaries are registered (training).', 'registered'), effects };
};
