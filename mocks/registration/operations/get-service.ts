import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { serviceOf } from '../lookup.js';
import { serviceView } from '../service.js';
import type { RegistrationState } from '../state.js';

/** Registration, getService. */
export async function getService({
  state,
  path,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  return { status: 200, rule: 'found', body: serviceView(await serviceOf(state, path.serviceId ?? '')) };
}
