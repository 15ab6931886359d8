import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import {
  shownJoinCode,
  type Workspace,
  type WorkspaceReset,
  type WorkspaceView,
} from '../../contracts/workspace.js';
import type { WorkspacePorts } from '../../orchestrator/http/ports/workspace-ports.js';
import type { JoinThrottle } from '../../orchestrator/workspaces/join-throttle.js';
import type { Snapshots } from '../../orchestrator/workspaces/snapshots.js';
import { opened, unpacked } from '../../orchestrator/workspaces/workspace-file.js';
import { noWorkspace, type Workspaces } from '../../orchestrator/workspaces/workspaces.js';
import { viewOfCountry, type Countries } from '../countries.js';
import type { OpenWorkspaces } from '../open-workspaces.js';
import type { WorkspaceUpkeep } from '../workspace-upkeep.js';

/** The API's view of the workspaces. */
export function createWorkspacePorts(deps: {
  readonly workspaces: Workspaces;
  readonly snapshots: Snapshots;
  readonly upkeep: WorkspaceUpkeep;
  readonly open: OpenWorkspaces['open'];
  readonly throttle: JoinThrottle;
  readonly countries: Pick<Countries, 'list' | 'find' | 'of'>;
  /** Where the tree of a workspace begins. */
  readonly urlOf: (workspace: string) => string;
}): WorkspacePorts {
  const { workspaces, snapshots, upkeep } = deps;
  const viewOf = (workspace: Workspace): WorkspaceView => {
    const {
      _id: id,
      title,
      joinCode,
      createdAt,
      createdBy,
      expiresAt,
      limits,
      country,
      locale,
      seed,
    } = workspace;
    return {
      id,
      title,
      ...(joinCode === undefined ? {} : { joinCode: shownJoinCode(joinCode) }),
      url: deps.urlOf(id),
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(createdBy === undefined ? {} : { createdBy }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      limits,
      country,
      locale,
      seed,
    };
  };
  /** Who names a country and no language gets that of the country. */
  async function withLanguage<T extends WorkspaceReset>(wanted: T): Promise<T> {
    if (wanted.country === undefined) return wanted;
    const { locale } = await deps.countries.find(wanted.country);
    return { ...wanted, locale: wanted.locale ?? locale };
  }
  return {
    list: async (by) => (await workspaces.list(by)).map(viewOf),
    create: async (wanted, by) => {
      if (by.workspace !== undefined)
        throw new SandboxError('GSB-AUT-002', { detail: 'This account is for one workspace only.' });
      const made = await workspaces.create(by, await withLanguage(wanted));
      await deps.open(made._id);
      return viewOf(made);
    },
    managed: async (id, by) => {
      const parsed = workspaceIdSchema.safeParse(id).data;
      if (parsed === undefined) throw noWorkspace(id.slice(0, 60));
      return viewOf(await workspaces.managed(parsed, by));
    },
    change: async (id, change) => viewOf(await workspaces.change(id, change)),
    remove: async (id, by) => {
      if (id === DEFAULT_WORKSPACE)
        throw new SandboxError('GSB-REQ-003', {
          detail: 'The default workspace is always there; it can be reset.',
        });
      await upkeep.remove(id, by.username);
    },
    reset: async (id, by, as) => {
      await upkeep.reset(id, by.username, await withLanguage(as));
    },
    countries: async (id) => ({
      current: await deps.countries.of(id),
      countries: (await deps.countries.list()).map(viewOfCountry),
    }),
    join: async (code, address) => {
      const found = await deps.throttle.attempt(address, () => workspaces.findByJoinCode(code));
      if (found === undefined)
        throw new SandboxError('GSB-REQ-002', { detail: 'No workspace has this join code.' });
      return { id: found._id, url: deps.urlOf(found._id), title: found.title };
    },
    snapshots: (id) => snapshots.list(id),
    takeSnapshot: (id, name, by) => upkeep.takeSnapshot(id, name, by.username),
    restore: (id, name, by) => upkeep.restore(id, name, by.username),
    removeSnapshot: (id, name) => snapshots.remove(id, name),
    exportFile: (id, payloads) => upkeep.exportFile(id, { payloads }),
    importFile: async (file, by) => {
      const read = Buffer.isBuffer(file) ? await unpacked([file]) : opened(file);
      return viewOf(await upkeep.importFile(read, by));
    },
  };
}
