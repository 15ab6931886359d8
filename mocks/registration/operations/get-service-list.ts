import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { queryText } from '../listing.js';
import { serviceView } from '../service.js';
import type { RegistrationState } from '../state.js';

/** Registration, getServiceList. */
export async function getServiceList({
  state,
  query,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const name = (queryText(query, 'name') ?? '').toLowerCase();
  const services = (await state.services.find()).map(({ doc }) => doc);
  return {
    status: 200,
    rule: 'listed',
    body: services.filter((service) => service.name.toLowerCase().includes(name)).map(serviceView),
  };
}
