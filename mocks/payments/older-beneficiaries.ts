import { isPaymentModality, type PaymentModality } from '../kit/institutions.js';
import type { BeneficiaryDocument, PaymentsState } from './state.js';

/** The body of register-beneficiary and update-beneficiary-details. */
export interface OlderBeneficiaries {
  readonly RequestID: string;
  readonly SourceBBID: string;
  readonly Beneficiaries: readonly {
    readonly PayeeFunctionalID: string;
    readonly PaymentModality?: string;
    readonly FinancialAddress?: string;
  }[];
}

export interface ReadBeneficiary {
  readonly payee: string;
  readonly before: BeneficiaryDocument | undefined;
  readonly modality: PaymentModality | 'unknown' | undefined;
  readonly address: string | undefined;
}

/** Each beneficiary of a request beside what the account mapper has. */
export async function readOlderBeneficiaries(
  state: PaymentsState,
  beneficiaries: OlderBeneficiaries['Beneficiaries'],
): Promise<readonly ReadBeneficiary[]> {
  const found = await state.beneficiaries.getMany(
    beneficiaries.map(({ PayeeFunctionalID }) => PayeeFunctionalID),
  );
  const known = new Map(found.map(({ doc }): [string, BeneficiaryDocument] => [doc._id, doc]));
  return beneficiaries.map(({ PayeeFunctionalID: payee, PaymentModality, FinancialAddress: address }) => ({
    payee,
    before: known.get(payee),
    modality: readModality(PaymentModality),
    address,
  }));
}

function readModality(text: string | undefined): ReadBeneficiary['modality'] {
  if (text === undefined) return undefined;
  return isPaymentModality(text) ? text : 'unknown';
}
