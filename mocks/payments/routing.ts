import type { Institution } from '../kit/institutions.js';
import type { BeneficiaryDocument, PaymentsState, Route } from './state.js';

/** Finds the institution that holds an account. */
export interface Routing {
  institution(code: string): Institution | undefined;
  /** By the code that was registered, else by the address, else the first institution for that modality. */
  ofBeneficiary(beneficiary: BeneficiaryDocument): Route | { readonly failure: string };
  /** Of an account that nobody registered: by an institution's code, else by the address alone. */
  ofAddress(address: string, code: string): Institution | undefined;
  /** Of a payer's account: as seeded, else by the address, else the first bank. */
  ofPayer(account: string): Promise<Institution | undefined>;
}

export async function openRouting(state: PaymentsState): Promise<Routing> {
  const institutions = (await state.institutions.find()).map(({ doc }) => doc.institution);
  const byCode = new Map(institutions.map((institution) => [institution.code, institution]));
  const byPrefix = (address: string, modality?: string): Institution | undefined =>
    institutions.find(
      ({ prefixes, modalities }) =>
        prefixes.some((prefix) => address.startsWith(prefix)) &&
        (modality === undefined || modalities.some((offered) => offered === modality)),
    );
  const forModality = (modality: string): Institution | undefined =>
    institutions.find(({ modalities }) => modalities.some((offered) => offered === modality));
  return {
    institution: (code) => byCode.get(code),
    ofBeneficiary({ modality, address, institution: code, active }) {
      if (!active) return { failure: 'the payee is not active in the account mapper' };
      if (modality === undefined)
        return { failure: 'the payee has no payment modality in the account mapper' };
      if (modality === '02') return { failure: 'the payee is paid by voucher, not by transfer' };
      if (address === '') return { failure: 'the payee has no financial address in the account mapper' };
      const found =
        code === undefined ? (byPrefix(address, modality) ?? forModality(modality)) : byCode.get(code);
      if (!found) return { failure: `no institution ${code ?? `for modality ${modality}`} takes part` };
      return { institution: found.code, account: address };
    },
    ofAddress: (address, code) => byCode.get(code) ?? byPrefix(address),
    async ofPayer(account) {
      const seeded = await state.payers.get(account);
      return seeded ? byCode.get(seeded.doc.institution) : (byPrefix(account) ?? forModality('00'));
    },
  };
}
