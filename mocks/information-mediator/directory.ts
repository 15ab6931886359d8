import type { ServiceDefinition, UseCaseManifest } from '../../contracts/use-case.js';
import { clientsOf } from './access.js';
import type { DirectoryService } from './directory-service.js';
import { applicationPath, parseApplication, type ApplicationName } from './member-path.js';
import { mergeService, type DeclaredService } from './merge-service.js';

export interface Directory {
  service(id: string): DirectoryService | undefined;
  /** In order of id. */
  services(): readonly DirectoryService[];
  servicesOf(provider: string): readonly DirectoryService[];
  /** Every application that provides or uses a service, in order. */
  applications(): readonly ApplicationName[];
  isApplication(path: string): boolean;
}

/** Services that no use case declares: banks, callback receivers. */
export interface ExtraService {
  readonly declaredBy: string;
  readonly service: ServiceDefinition;
}

/**
 * The mediator's directory, read from the use cases' `services`. A service that several use cases declare alike is
 * one service with the access rights of all. Raises GSB-DEF-003 when two declarations contradict each other.
 */
export function createDirectory(
  useCases: readonly Pick<UseCaseManifest, 'id' | 'client' | 'services'>[],
  extraServices: readonly ExtraService[] = [],
): Directory {
  const declared: DeclaredService[] = [
    ...useCases.flatMap(({ id, services }) =>
      Object.entries(services).map(([alias, service]) => ({
        declaredBy: `use case ${id}, services.${alias}`,
        source: id,
        service: toDirectoryService(service),
      })),
    ),
    ...extraServices.map(({ declaredBy, service }) => ({
      declaredBy,
      source: declaredBy,
      service: toDirectoryService(service),
    })),
  ];
  const merged = new Map<string, readonly DeclaredService[]>();
  for (const entry of declared) {
    merged.set(entry.service.id, [...(merged.get(entry.service.id) ?? []), entry]);
  }
  return directoryFrom(
    [...merged.values()].map(mergeService),
    useCases.map(({ client }) => client),
  );
}

/** A directory of these services, and of these applications beside those that provide or call them. */
export function directoryFrom(
  given: readonly DirectoryService[],
  further: readonly string[] = [],
): Directory {
  const services = new Map(given.map((service) => [service.id, service] as const).sort(byKey));
  const applications = new Map(
    [...further, ...given.flatMap((service) => [service.provider, ...clientsOf(service)])]
      .flatMap((path) => parseApplication(path) ?? [])
      .map((name) => [applicationPath(name), name] as const)
      .sort(byKey),
  );
  return {
    service: (id) => services.get(id),
    services: () => [...services.values()],
    servicesOf: (provider) => [...services.values()].filter((service) => service.provider === provider),
    applications: () => [...applications.values()],
    isApplication: (path) => applications.has(path),
  };
}

/** The name under which a service is called. */
function serviceId(service: Pick<ServiceDefinition, 'provider' | 'code'>): string {
  return `${service.provider}/${service.code}`;
}

function toDirectoryService(service: ServiceDefinition): DirectoryService {
  const { provider, code, title, block, basePath, fixed, access } = service;
  return {
    id: serviceId(service),
    provider,
    code,
    title,
    block,
    ...(basePath === undefined || basePath === '/' ? {} : { basePath: basePath.replace(/\/$/, '') }),
    ...(fixed === undefined ? {} : { fixed }),
    access,
  };
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
