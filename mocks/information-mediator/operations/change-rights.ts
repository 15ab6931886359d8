import { SandboxError } from '../../../contracts/problems.js';
import { put } from '../../kit/effects.js';
import { clientsOf } from '../access.js';
import { CHANGES, CONFIGURATION, noChanges, withClients } from '../configuration/changes.js';
import { applicationPath } from '../member-path.js';
import type { CreateOperation } from './state.js';

interface GivenRights {
  readonly memberClass: string;
  readonly memberCode: string;
  readonly applicationId: string;
  readonly serviceId: string;
  readonly rights: readonly {
    readonly memberClass?: string;
    readonly memberCode?: string;
    readonly applicationId?: string;
  }[];
}

/**
 * PATCH /api/v1/rights/allow and /deny (Configuration Management API 1.0.1): holds with the next call. Allowing what is
 * allowed, or denying what is not, changes nothing. Who is allowed anew gets the operations and the lawful basis that
 * others have there.
 */
export function createChangeRights(how: 'allow' | 'deny'): CreateOperation {
  return ({ directory }) =>
    async (context) => {
      const given = (context.body ?? []) as unknown as readonly GivenRights[];
      let changes = (await context.state.configuration.get(CHANGES))?.doc ?? noChanges;
      for (const [index, entry] of given.entries()) {
        const provider = `/${entry.memberClass}/${entry.memberCode}/${entry.applicationId}`;
        const service = directory
          .services()
          .find((one) => one.provider.endsWith(provider) && one.code === entry.serviceId);
        if (service === undefined)
          throw new SandboxError('GSB-REQ-001', {
            detail: `/body/${index}/serviceId: ${entry.serviceId} is no service of ${provider.slice(1)}`,
          });
        const instanceId = service.provider.split('/')[0] ?? '';
        const named = entry.rights.map(({ memberClass = '', memberCode = '', applicationId = '' }) =>
          applicationPath({ instanceId, memberClass, memberCode, applicationCode: applicationId }),
        );
        const stored = changes.rights.find((one) => one.service === service.id)?.clients;
        const before = stored ?? clientsOf(service);
        const clients =
          how === 'allow' ? [...before, ...named] : before.filter((client) => !named.includes(client));
        changes = withClients(changes, service.id, clients);
      }
      const rule = how === 'allow' ? 'allowed' : 'denied';
      return { status: 200, rule, effects: given.length === 0 ? [] : [put(CONFIGURATION, changes)] };
    };
}
