import { openRouting } from '../routing.js';
import type { BeneficiaryDocument, DestinationFailure, PaymentsState, ValidationDocument } from '../state.js';

type Account = { readonly instructionID: string; readonly financialAddress: string };

/** Payee identities are looked up in the account mapper; everything else is taken for an account. */
export async function sortOutDestinations(
  state: PaymentsState,
  { instructions, destination }: Pick<ValidationDocument, 'instructions' | 'destination'>,
): Promise<{ failures: DestinationFailure[]; groups: Map<string, Account[]> }> {
  const routing = await openRouting(state);
  const found = await state.beneficiaries.getMany([...new Set(instructions.map(({ address }) => address))]);
  const beneficiaries = new Map(found.map(({ doc }): [string, BeneficiaryDocument] => [doc._id, doc]));
  const failures: DestinationFailure[] = [];
  const groups = new Map<string, Account[]>();
  for (const { instructionId: instructionID, address } of instructions) {
    const beneficiary = beneficiaries.get(address);
    const route = beneficiary ? routing.ofBeneficiary(beneficiary) : ofAddress(address);
    if ('failure' in route) {
      failures.push({ instructionID, failureReason: route.failure });
      continue;
    }
    const group = groups.get(route.institution) ?? [];
    group.push({ instructionID, financialAddress: route.account });
    groups.set(route.institution, group);
  }
  return { failures, groups };

  function ofAddress(address: string): { institution: string; account: string } | { failure: string } {
    const institution = routing.ofAddress(address, destination);
    if (institution) return { institution: institution.code, account: address };
    return { failure: 'neither registered in the account mapper nor an account of a known institution' };
  }
}
