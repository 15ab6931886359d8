import type { Operation } from '../../kit/contract-block.js';
import type { InstitutionState } from '../state.js';

export const listInstitutions: Operation<InstitutionState> = async ({ state }) => {
  const found = await state.institutions.find();
  const body = found.map(({ doc: { institution } }) => ({
    code: institution.code,
    name: institution.name,
    modalities: institution.modalities,
  }));
  return { status: 200, rule: 'listed', body };
};
