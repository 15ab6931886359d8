import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { nearIds } from '../../kit/near-documents.js';
import { eFormView } from '../service.js';
import type { RegistrationState } from '../state.js';

/** Registration, getEForm (the published document gives this operation no name). */
export async function getEForm({
  state,
  path,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const { eFormId = '' } = path;
  const found = await state.eForms.get(eFormId);
  if (!found)
    throw new SandboxError('GSB-REQ-002', {
      detail: `there is no e-form ${eFormId}${await nearIds(state.eForms, eFormId)}`,
    });
  return { status: 200, rule: 'found', body: eFormView(found.doc) };
}
