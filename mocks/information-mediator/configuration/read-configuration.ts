import { SandboxError } from '../../../contracts/problems.js';
import type { Directory } from '../directory.js';
import { parseApplication, applicationPath } from '../member-path.js';
import { CHANGES, withClients, type ConfigurationDoc, type ConfiguredService } from './changes.js';

/** Configuration Management API 1.0.1, IMconf; valid against the contract already. */
export interface GivenConfiguration {
  readonly instance: string;
  readonly members?: readonly {
    readonly class: string;
    readonly code: string;
    readonly applications?: readonly {
      readonly id: string;
      readonly services?: readonly {
        readonly id: string;
        readonly specUrl: string;
        readonly serviceUrl: string;
        readonly rights?: readonly { readonly member: string; readonly application: string }[];
      }[];
    }[];
  }[];
}

/**
 * The changes with what is given: services and applications are added, rights that are given replace those that are
 * there. Raises GSB-REQ-001 for a name that the directory cannot hold, and for rights of somebody unknown: rights name a
 * member without its class, so that only members that are known, or given along, can have any.
 */
export function mergeConfiguration(
  before: ConfigurationDoc,
  given: GivenConfiguration,
  { declared, current }: { readonly declared: Directory; readonly current: Directory },
): { readonly changes: ConfigurationDoc; readonly services: readonly string[] } {
  const members = given.members ?? [];
  const applications = members.flatMap((member) =>
    (member.applications ?? []).map(({ id }) => pathOf(given.instance, member.class, member.code, id)),
  );
  const known = [...new Set([...current.applications().map(applicationPath), ...applications])];
  let changes: ConfigurationDoc = {
    ...before,
    _id: CHANGES,
    applications: [...new Set([...before.applications, ...applications])],
  };
  const services: string[] = [];
  for (const member of members) {
    for (const application of member.applications ?? []) {
      const provider = pathOf(given.instance, member.class, member.code, application.id);
      for (const service of application.services ?? []) {
        const id = `${provider}/${service.id}`;
        services.push(id);
        if (declared.service(id) === undefined)
          changes = withService(changes, { ...service, id, provider, code: service.id });
        const { rights } = service;
        if (rights !== undefined)
          changes = withClients(
            changes,
            id,
            rights.map((right) => clientOf(right, known)),
          );
      }
    }
  }
  return { changes, services };
}

function withService(
  changes: ConfigurationDoc,
  { id, provider, code, specUrl, serviceUrl }: ConfiguredService,
): ConfigurationDoc {
  const others = changes.services.filter((one) => one.id !== id);
  return { ...changes, services: [...others, { id, provider, code, specUrl, serviceUrl }] };
}

function pathOf(
  instanceId: string,
  memberClass: string,
  memberCode: string,
  applicationCode: string,
): string {
  const path = applicationPath({ instanceId, memberClass, memberCode, applicationCode });
  if (parseApplication(path)) return path;
  throw new SandboxError('GSB-REQ-001', {
    detail: `members: ${path} is no instance/class/member/application`,
  });
}

function clientOf(
  { member, application }: { readonly member: string; readonly application: string },
  known: readonly string[],
): string {
  const found = known.find((path) => path.endsWith(`/${member}/${application}`));
  if (found !== undefined) return found;
  throw new SandboxError('GSB-REQ-001', {
    detail: `rights: there is no application ${application} of a member ${member}`,
  });
}
