import type { Json } from '../../../contracts/json.js';
import type { ApplicationName } from '../member-path.js';
import { single } from './provider.js';
import type { CreateOperation } from './state.js';

/** GET /listClients: members and their applications, of one instance when `instanceId` is given. */
export const createListClients: CreateOperation =
  ({ directory }) =>
  ({ query }) => {
    const instance = single(query.instanceId);
    const applications = directory
      .applications()
      .filter(({ instanceId }) => instance === undefined || instanceId === instance);
    const members = new Map(applications.map((name) => [memberKey(name), name]));
    const member: Json[] = [
      ...[...members.values()].map(({ instanceId, memberClass, memberCode }) => ({
        name: memberCode,
        id: { objectType: 'MEMBER', instanceId, memberClass, memberCode },
      })),
      ...applications.map((name) => ({
        name: `${name.memberCode} ${name.applicationCode}`,
        id: { objectType: 'APPLICATION', ...name },
      })),
    ];
    return Promise.resolve({ status: 200, body: { member }, rule: 'listed' });
  };

function memberKey({ instanceId, memberClass, memberCode }: ApplicationName): string {
  return [instanceId, memberClass, memberCode].join('/');
}
