import type { Json } from '../../../contracts/json.js';
import { clientsOf } from '../access.js';
import { CHANGES, noChanges } from '../configuration/changes.js';
import type { DirectoryService } from '../directory-service.js';
import { applicationPath, parseApplication, type ApplicationName } from '../member-path.js';
import type { CreateOperation } from './state.js';

/** GET /api/v1/config: the configuration that the directory amounts to. */
export const createListImConf: CreateOperation =
  ({ directory, baseUrlOf }) =>
  async ({ workspace, state }) => {
    const changes = (await state.configuration.get(CHANGES))?.doc ?? noChanges;
    const base = baseUrlOf(workspace);
    const applications = directory.applications();
    const members = new Map<string, { name: string; class: string; code: string; applications: Json[] }>();
    for (const name of applications) {
      const key = `${name.memberClass}/${name.memberCode}`;
      const member = members.get(key) ?? {
        name: name.memberCode,
        class: name.memberClass,
        code: name.memberCode,
        applications: [],
      };
      const path = applicationPath(name);
      const added = changes.services
        .filter(({ provider }) => provider === path)
        .map(({ id, code, specUrl, serviceUrl }) => {
          const clients = changes.rights.find(({ service }) => service === id)?.clients ?? [];
          return { id: code, specUrl, serviceUrl, rights: rightsOf(clients) };
        });
      member.applications.push(describeApplication(name, directory.servicesOf(path), added, base));
      members.set(key, member);
    }
    const body = {
      domain: new URL(base).hostname,
      instance: applications[0]?.instanceId ?? 'SANDBOX',
      members: [...members.values()],
    };
    return { status: 200, body, rule: 'listed' };
  };

function describeApplication(
  name: ApplicationName,
  services: readonly DirectoryService[],
  added: readonly Json[],
  base: string,
): Json {
  return {
    id: name.applicationCode,
    connection: new URL(base).protocol.replace(':', ''),
    services: [
      ...services.map((service) => ({
        id: service.code,
        specUrl: `${base}/blocks/${service.block}/openapi.json`,
        serviceUrl: `${base}/r1/${service.id}`,
        rights: rightsOf(clientsOf(service)),
      })),
      ...added,
    ],
  };
}

function rightsOf(clients: readonly string[]): Json[] {
  return clients.flatMap((client) => {
    const caller = parseApplication(client);
    return caller ? [{ member: caller.memberCode, application: caller.applicationCode }] : [];
  });
}
