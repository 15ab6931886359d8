import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import type { RegistrationState } from '../state.js';

/** Registration, getDocument (our extension): what was uploaded, so that an officer can look at the evidence. */
export async function getDocument({
  state,
  path,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const { documentId = '' } = path;
  const found = await state.uploads.get(documentId);
  if (!found) throw new SandboxError('GSB-REQ-002', { detail: `there is no document ${documentId}` });
  const { _id, ...rest } = found.doc;
  return { status: 200, rule: 'found', body: { documentId: _id, ...rest } };
}
