import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { applicationItemView, type Application } from '../application.js';
import { filterOf, listDocuments, listingOf } from '../listing.js';
import type { RegistrationState } from '../state.js';

const sorters: Readonly<Record<string, (application: Application) => string>> = {
  created: ({ data, registered }) => data.created ?? registered,
  name: ({ data, serviceName }) => data.applicationName ?? serviceName,
  nameCaseInsensitive: ({ data, serviceName }) => (data.applicationName ?? serviceName).toLowerCase(),
  assignee: ({ history }) => history.at(-1)?.operatorId ?? '',
};

/** Registration, getApplicantFileList. */
export async function getApplicantFileList({
  state,
  query,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const filter = filterOf(query, ['serviceId', 'applicantId', 'status']);
  const applications = await listDocuments(state.applications, filter, listingOf(query), sorters);
  return { status: 200, rule: 'listed', body: applications.map(applicationItemView) };
}
