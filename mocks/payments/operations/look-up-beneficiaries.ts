import type { JsonObject } from '../../../contracts/json.js';
import type { Operation } from '../../kit/contract-block.js';
import type { BeneficiaryDocument, PaymentsState } from '../state.js';

/** bb-payments, Account Lookup: one beneficiary. */
export const lookUpBeneficiary: Operation<PaymentsState> = async ({ state, query }) => {
  const found = await state.beneficiaries.get(String(query.payeeIdentity));
  return {
    status: 200,
    rule: found ? 'found' : 'not-registered',
    body: { requestId: String(query.requestId), paymentModalityList: found ? toRoutes(found.doc) : [] },
  };
};

/** bb-payments, Bulk Account Lookup: several beneficiaries; those unknown are left out. */
export const lookUpBeneficiaries: Operation<PaymentsState> = async ({ state, body }) => {
  const { requestId, payeePartyIds } = body as { requestId?: string; payeePartyIds: readonly string[] };
  const found = await state.beneficiaries.getMany(payeePartyIds);
  const paymentModalityList = found.flatMap(({ doc }) => toRoutes(doc));
  return {
    status: 200,
    rule: 'looked-up',
    body: { ...(requestId === undefined ? {} : { requestId }), paymentModalityList },
  };
};

/** None for somebody who is registered without a payment route. */
function toRoutes({ _id, modality, address, institution }: BeneficiaryDocument): readonly JsonObject[] {
  if (modality === undefined) return [];
  return [
    {
      payeeIdentity: _id,
      paymentModality: modality,
      ...(address === '' ? {} : { financialAddress: address }),
      ...(institution === undefined ? {} : { bankingInstitutionCode: institution }),
    },
  ];
}
