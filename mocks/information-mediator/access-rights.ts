import type { AccessRightView } from '../../contracts/access-right.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { LawfulBasis } from '../../contracts/use-case.js';
import { createMutex } from '../kit/mutex.js';
import type { AccessRight, DirectoryService } from './directory-service.js';
import type { Directory } from './directory.js';
import { withChanges, type RightChange } from './right-changes.js';
import { grantedRightId } from './right-id.js';
import type { DirectoryOf } from './configuration/workspace-directory.js';

export interface RightRequest {
  readonly by: string;
  readonly why?: string | undefined;
  /** Only these operations. */
  readonly operations?: readonly string[] | undefined;
}

/** Who may call what, per workspace: what is declared and configured, and what was changed on top. Kept across restarts. */
export interface AccessRights {
  /** The directory with the rights of the workspace: at once as they were changed here, within a second elsewhere. */
  directoryOf(workspace: WorkspaceId): Promise<Directory>;
  /** In order of service and client. */
  list(workspace: WorkspaceId): Promise<readonly AccessRightView[]>;
  /** Takes a right away, or some of its operations. GSB-REQ-002 for an unknown id, GSB-REQ-001 for operations that it never had. */
  revoke(workspace: WorkspaceId, id: string, request: RightRequest): Promise<AccessRightView>;
  /** Gives a right back, or some of its operations, whoever took it away. GSB-REQ-002 for an unknown id. */
  grant(workspace: WorkspaceId, id: string, request: RightRequest): Promise<AccessRightView>;
  /** Grants what nobody declares. GSB-REQ-001 when client, service or operations are not known. */
  add(
    workspace: WorkspaceId,
    right: { readonly client: string; readonly service: string; readonly basis: LawfulBasis },
    request: RightRequest,
  ): Promise<AccessRightView>;
  /** Back to what is declared and configured; returns how many rights that changed. */
  restore(workspace: WorkspaceId): Promise<number>;
}

export interface AccessRightsDeps {
  readonly documents: DocumentStore;
  /** The directory without the changes: what the use cases declare, then what was configured. */
  readonly configuredOf: DirectoryOf;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  /** Whether the service's block has the operation. */
  readonly hasOperation: (service: DirectoryService, operationId: string) => boolean;
}

type Changes = ReadonlyMap<string, RightChange>;

interface Held {
  readonly at: number;
  readonly changes: Promise<Changes>;
}

interface View {
  readonly configured: Directory;
  readonly changes: Changes;
  readonly directory: Directory;
}

/** After so long another process may have changed them. */
const HELD_MS = 1_000;

export function createAccessRights(deps: AccessRightsDeps): AccessRights {
  const { realClock } = deps;
  const store = deps.documents.collection<RightChange>('access-rights');
  const held = new Map<WorkspaceId, Held>();
  const made = new Map<WorkspaceId, View>();
  const mutex = createMutex();

  async function look(workspace: WorkspaceId): Promise<View> {
    const [configured, changes] = await Promise.all([deps.configuredOf(workspace), changesIn(workspace)]);
    const known = made.get(workspace);
    if (known?.configured === configured && known.changes === changes) return known;
    const view = { configured, changes, directory: changedDirectory(configured, changes) };
    made.set(workspace, view);
    return view;
  }

  function changesIn(workspace: WorkspaceId): Promise<Changes> {
    const at = realClock.now().getTime();
    const known = held.get(workspace);
    if (known !== undefined && at - known.at < HELD_MS && at >= known.at) return known.changes;
    const changes = load(workspace);
    held.set(workspace, { at, changes });
    changes.catch(() => held.delete(workspace));
    return changes;
  }

  async function load(workspace: WorkspaceId): Promise<Changes> {
    const found = await store.find({ idPrefix: `${workspace}/` });
    return new Map(found.map(({ doc }) => [doc.right, doc]));
  }

  async function write(workspace: WorkspaceId, change: Omit<RightChange, '_id' | 'since'>): Promise<void> {
    const _id = `${workspace}/${change.right}`;
    await store.put({ ...change, _id, since: deps.clocks.of(workspace).now().toISOString() });
    held.delete(workspace);
  }

  /** Without a change a right is as it is declared and configured. */
  async function drop(workspace: WorkspaceId, right: string): Promise<void> {
    await store.delete(`${workspace}/${right}`);
    held.delete(workspace);
  }

  async function find(
    workspace: WorkspaceId,
    id: string,
  ): Promise<{
    service: DirectoryService;
    right: AccessRight;
    change: RightChange | undefined;
    /** The configuration denies it. */
    denied: boolean;
  }> {
    held.delete(workspace);
    const { configured, changes, directory: now } = await look(workspace);
    for (const service of now.services()) {
      const right = service.access.find((one) => one.id === id);
      if (right === undefined) continue;
      const before = configured.service(service.id)?.access ?? [];
      const denied = before.some(({ client, revoked }) => client === right.client && revoked === true);
      return { service, right, change: changes.get(id), denied };
    }
    throw new SandboxError('GSB-REQ-002', { detail: `There is no access right ${id}.` });
  }

  async function shown(workspace: WorkspaceId, id: string): Promise<AccessRightView> {
    const { service, right, change } = await find(workspace, id);
    return toView(service, right, change);
  }

  function assertOperations(
    service: DirectoryService,
    { operations }: Pick<AccessRight, 'operations'>,
    asked: readonly string[] | undefined,
  ): void {
    for (const name of asked ?? []) {
      const covered = operations?.includes(name) ?? deps.hasOperation(service, name);
      if (covered) continue;
      const among = operations === undefined ? '' : `; it covers ${operations.join(', ')}`;
      throw new SandboxError('GSB-REQ-001', {
        detail: `operations: ${name} is no operation of ${service.id} under this right${among}`,
        extensions: { errors: [{ pointer: '/operations', message: `${name} is not known` }] },
      });
    }
  }

  function turn(
    workspace: WorkspaceId,
    id: string,
    request: RightRequest,
    next: (right: AccessRight) => RightChange['revoked'],
  ): Promise<AccessRightView> {
    return mutex.run(workspace, async () => {
      const { service, right, change, denied } = await find(workspace, id);
      assertOperations(service, right, request.operations);
      const revoked = next(right);
      if (revoked === undefined && change?.granted === undefined && !denied) await drop(workspace, id);
      else
        await write(workspace, {
          right: id,
          ...(change?.granted === undefined ? {} : { granted: change.granted }),
          ...(revoked === undefined ? {} : { revoked }),
          by: request.by,
          ...(request.why === undefined ? {} : { why: request.why }),
        });
      return shown(workspace, id);
    });
  }

  return {
    directoryOf: async (workspace) => (await look(workspace)).directory,
    list: async (workspace) => {
      const { changes, directory: now } = await look(workspace);
      return now
        .services()
        .flatMap((service) =>
          service.access.map((right) => toView(service, right, changes.get(right.id ?? ''))),
        );
    },
    revoke: (workspace, id, request) =>
      turn(workspace, id, request, ({ operations, revoked }) => {
        if (request.operations === undefined || revoked === true) return true;
        const all = [...new Set([...(revoked ?? []), ...request.operations])].sort();
        return operations?.every((name) => all.includes(name)) === true ? true : all;
      }),
    grant: (workspace, id, request) =>
      turn(workspace, id, request, ({ operations, revoked }) => {
        const { operations: back } = request;
        if (back === undefined || revoked === undefined) return undefined;
        // Of a right for everything nobody can list what stays revoked.
        if (revoked === true && operations === undefined) {
          throw new SandboxError('GSB-REQ-001', {
            detail: `operations: ${id} covers every operation and was revoked as a whole; grant it as a whole, then revoke single operations`,
            extensions: { errors: [{ pointer: '/operations', message: 'must be absent' }] },
          });
        }
        const left = (revoked === true ? (operations ?? []) : revoked).filter((name) => !back.includes(name));
        return left.length === 0 ? undefined : left;
      }),
    add: (workspace, { client, service: serviceId, basis }, { operations, by, why }) =>
      mutex.run(workspace, async () => {
        const { directory } = await look(workspace);
        if (!directory.isApplication(client)) throw unknown('client', client, 'application');
        const service = directory.service(serviceId);
        if (service === undefined) throw unknown('service', serviceId, 'service');
        assertOperations(service, {}, operations);
        const taken = new Set((await store.find({ idPrefix: `${workspace}/` })).map(({ doc }) => doc.right));
        let position = 1;
        while (taken.has(grantedRightId(client, serviceId, position))) position += 1;
        const id = grantedRightId(client, serviceId, position);
        await write(workspace, {
          right: id,
          granted: { client, service: serviceId, basis, ...(operations === undefined ? {} : { operations }) },
          by,
          ...(why === undefined ? {} : { why }),
        });
        return shown(workspace, id);
      }),
    restore: (workspace) =>
      mutex.run(workspace, async () => {
        const count = await store.deleteByPrefix(`${workspace}/`);
        held.delete(workspace);
        return count;
      }),
  };
}

function unknown(field: string, value: string, what: string): SandboxError {
  return new SandboxError('GSB-REQ-001', {
    detail: `${field}: ${value} is no ${what} of the mediator's directory`,
    extensions: { errors: [{ pointer: `/${field}`, message: `is no ${what} of the directory` }] },
  });
}

function changedDirectory(directory: Directory, changes: ReadonlyMap<string, RightChange>): Directory {
  const services = directory.services().map((service) => withChanges(service, changes));
  const byId = new Map(services.map((service) => [service.id, service]));
  return {
    ...directory,
    service: (id) => byId.get(id),
    services: () => services,
    servicesOf: (provider) => services.filter((service) => service.provider === provider),
  };
}

function toView(
  service: DirectoryService,
  { id = '', client, operations, basis, configured, granted, revoked }: AccessRight,
  change: RightChange | undefined,
): AccessRightView {
  return {
    id,
    client,
    service: service.id,
    serviceTitle: service.title,
    ...(operations === undefined ? {} : { operations }),
    basis,
    origin: granted === true ? 'granted' : configured === true ? 'configured' : 'declared',
    state: revoked === undefined ? 'held' : revoked === true ? 'revoked' : 'narrowed',
    ...(revoked === undefined || revoked === true ? {} : { revokedOperations: revoked }),
    ...(change === undefined
      ? {}
      : {
          since: change.since,
          by: change.by,
          ...(change.why === undefined ? {} : { why: change.why }),
        }),
  };
}
