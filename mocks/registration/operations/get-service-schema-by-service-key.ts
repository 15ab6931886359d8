import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { serviceOf } from '../lookup.js';
import { eFormItemView } from '../service.js';
import type { RegistrationState } from '../state.js';

/** Registration, getServiceSchemaByServiceKey: the e-forms of a service. */
export async function getServiceSchemaByServiceKey({
  state,
  path,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const service = await serviceOf(state, path.serviceId ?? '');
  const forms = await state.eForms.getMany(service.eForms);
  const byId = new Map(forms.map(({ doc }) => [doc._id, doc]));
  const inOrder = service.eForms.flatMap((id) => byId.get(id) ?? []);
  return { status: 200, rule: 'listed', body: inOrder.map(eFormItemView) };
}
