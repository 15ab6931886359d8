import { SandboxError } from '../../../contracts/problems.js';
import type { Directory } from '../directory.js';
import { parseApplication, applicationPath, type ApplicationName } from '../member-path.js';
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
  const there = current.applications();
  const pathOf = (memberClass: string, memberCode: string, applicationCode: string): string =>
    pathIn(there, { instanceId: given.instance, memberClass, memberCode, applicationCode });
  const applications = members.flatMap((member) =>
    (member.applications ?? []).map(({ id }) => pathOf(member.class, member.code, id)),
  );
  const known = [...new Set([...there.map(applicationPath), ...applications])];
  let changes: ConfigurationDoc = {
    ...before,
    _id: CHANGES,
    applications: [...new Set([...before.applications, ...applications])],
  };
  const services: string[] = [];
  for (const member of members) {
    for (const application of member.applications ?? []) {
      const provider = pathOf(member.class, member.code, application.id);
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

/**
 * A configuration has room for one instance only, and is listed under the first where a directory has several: what is
 * given under that one means the application that is listed so, so that what was listed can be given back.
 */
function pathIn(there: readonly ApplicationName[], name: ApplicationName): string {
  const path = applicationPath(name);
  if (!parseApplication(path))
    throw new SandboxError('GSB-REQ-001', {
      detail: `members: ${path} is no instance/class/member/application`,
    });
  const paths = there.map(applicationPath);
  if (paths.includes(path) || there[0]?.instanceId !== name.instanceId) return path;
  const end = `/${name.memberClass}/${name.memberCode}/${name.applicationCode}`;
  return paths.find((one) => one.endsWith(end)) ?? path;
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
