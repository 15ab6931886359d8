import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { applicationView } from '../application.js';
import { applicationOf } from '../lookup.js';
import type { RegistrationState } from '../state.js';

/** Registration, getApplicationFileById. */
export async function getApplicationFileById({
  state,
  path,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  return { status: 200, rule: 'found', body: applicationView(await applicationOf(state, path.fileId ?? '')) };
}
