import type { Document } from '../../../contracts/documents.js';
import type { AccessRight, DirectoryService } from '../directory-service.js';
import { directoryFrom, type Directory } from '../directory.js';

/** What an administrator changed of a workspace's configuration; one document, read with every call. */
export interface ConfigurationDoc extends Document {
  /** Of what the use cases declare, these services only, since the configuration was replaced; all when absent. */
  readonly kept?: readonly string[];
  /** Services that no use case declares. They are listed; nothing of this sandbox answers for them. */
  readonly services: readonly ConfiguredService[];
  /** Applications (member paths) that neither provide nor call anything yet. */
  readonly applications: readonly string[];
  /** Exactly these applications may call the service. */
  readonly rights: readonly { readonly service: string; readonly clients: readonly string[] }[];
}

export interface ConfiguredService {
  readonly id: string;
  readonly provider: string;
  readonly code: string;
  readonly specUrl: string;
  readonly serviceUrl: string;
}

export const CONFIGURATION = 'configuration';
/** The only document of the collection. */
export const CHANGES = 'changes';

export const noChanges: ConfigurationDoc = { _id: CHANGES, services: [], applications: [], rights: [] };

/** The directory with what was changed. */
export function applyChanges(base: Directory, changes: ConfigurationDoc): Directory {
  const rightsOf = new Map(changes.rights.map(({ service, clients }) => [service, clients]));
  const kept = base.services().filter(({ id }) => changes.kept?.includes(id) ?? true);
  const services = kept.map((service): DirectoryService => {
    const clients = rightsOf.get(service.id);
    return clients === undefined ? service : { ...service, access: accessOf(service, clients) };
  });
  const callers = [...rightsOf.values()].flat();
  const providers = changes.services.map(({ provider }) => provider);
  const named = changes.kept === undefined ? base.applications().map(pathOf) : [];
  return directoryFrom(services, [...named, ...changes.applications, ...providers, ...callers]);
}

/**
 * Who had rights keeps them as they were, with operations and lawful basis. Who is new gets those of the first that was
 * there: a right to call never goes round a consent that others need. Who is denied is still named, with rights that are
 * revoked: whoever asks why, or gives one back, finds it.
 */
function accessOf({ access }: DirectoryService, clients: readonly string[]): readonly AccessRight[] {
  const model = access.filter(({ client }) => client === access[0]?.client);
  const allowed = clients.flatMap((client) => {
    const own = access.filter((right) => right.client === client);
    return own.length > 0 ? own : model.map((right): AccessRight => ({ ...right, client, configured: true }));
  });
  const denied = access.filter(({ client }) => !clients.includes(client));
  return [...allowed, ...denied.map((right): AccessRight => ({ ...right, revoked: true }))];
}

function pathOf(name: ReturnType<Directory['applications']>[number]): string {
  return [name.instanceId, name.memberClass, name.memberCode, name.applicationCode].join('/');
}

/** The changes, with these clients as the only ones of the service. */
export function withClients(
  changes: ConfigurationDoc,
  service: string,
  clients: readonly string[],
): ConfigurationDoc {
  const others = changes.rights.filter((one) => one.service !== service);
  return { ...changes, rights: [...others, { service, clients: [...new Set(clients)] }] };
}
