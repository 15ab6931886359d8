import type { Clock } from '../../contracts/clock.js';
import { changeDocument, type Document, type DocumentStore } from '../../contracts/documents.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema, type WorkspaceId } from '../../contracts/ids.js';
import type { Principal } from '../../contracts/identity.js';
import { limitVariables, workspaceLimits, type Limits } from '../../contracts/limits.js';
import { SandboxError } from '../../contracts/problems.js';
import {
  JOIN_CODE_ALPHABET,
  JOIN_CODE_LENGTH,
  WORKSPACE_ID_ALPHABET,
  WORKSPACE_ID_LENGTH,
  workspaceSchema,
  type NewWorkspace,
  type PendingUpkeep,
  type Workspace,
  type WorkspaceChange,
  type WorkspaceLimits,
  type WorkspaceReset,
} from '../../contracts/workspace.js';

/** The register of the workspaces. What lies in them is not its concern. */
export interface Workspaces {
  /** Writes down a new one, not yet seeded. GSB-REQ-001 for an expiry in the past or limits above the installation's. */
  create(by: Principal, wanted: NewWorkspace): Promise<Workspace>;
  /** One that is there and has not expired; found again within a second is what was found before. */
  find(id: WorkspaceId): Promise<Workspace | undefined>;
  /** The same; GSB-REQ-002, with the same words for what never was, is over, or is none of this person's. */
  managed(id: WorkspaceId, by: Principal): Promise<Workspace>;
  findByTag(tag: string): Promise<Workspace | undefined>;
  findByJoinCode(code: string): Promise<Workspace | undefined>;
  /** Those that this person manages: an administrator all, a trainer their own and the default one. */
  list(by: Principal): Promise<readonly Workspace[]>;
  /** All, expired ones included. */
  all(): Promise<readonly Workspace[]>;
  /** GSB-REQ-001 as for `create`; GSB-REQ-003 for an expiry of the default workspace. */
  change(id: WorkspaceId, change: WorkspaceChange): Promise<Workspace>;
  /** Notes how it begins anew. */
  begin(id: WorkspaceId, as: WorkspaceReset): Promise<void>;
  /** True the first time: from now on it counts as seeded. */
  seeded(id: WorkspaceId): Promise<boolean>;
  /** Notes what is begun with it, or that nothing is any more. */
  setPending(id: WorkspaceId, pending: PendingUpkeep | undefined): Promise<void>;
  /** The last thing to go. */
  forget(id: WorkspaceId): Promise<void>;
  limitsOf(id: WorkspaceId): Promise<Limits>;
  isOver(workspace: Workspace): boolean;
}

export interface WorkspacesDeps {
  readonly documents: DocumentStore;
  readonly realClock: Clock;
  readonly limits: Limits;
  /** So many letters of an alphabet, each as likely as the others and known to nobody. */
  readonly randomText: (alphabet: string, length: number) => string;
  /** Stands for a workspace where its id must not be: the same for the same id. */
  readonly tagOf: (id: WorkspaceId) => string;
}

type WorkspaceDocument = Document & Record<string, unknown>;

const FRESH_FOR_MS = 1_000;

export function createWorkspaces(deps: WorkspacesDeps): Workspaces {
  const { realClock } = deps;
  const collection = deps.documents.collection<WorkspaceDocument>('workspaces', ['joinCode', 'tag']);
  const known = new Map<WorkspaceId, { readonly at: number; readonly workspace: Workspace }>();
  const now = (): number => realClock.now().getTime();
  const isOver = ({ expiresAt }: Workspace): boolean =>
    expiresAt !== undefined && Date.parse(expiresAt) <= now();
  const toBeServed = (workspace: Workspace): boolean =>
    !isOver(workspace) && workspace.pending?.kind !== 'remove';

  async function read(id: WorkspaceId): Promise<Workspace | undefined> {
    const found = await collection.get(id);
    return found === undefined ? undefined : workspaceSchema.parse(found.doc);
  }

  async function findBy(path: 'joinCode' | 'tag', value: string): Promise<Workspace | undefined> {
    const found = await collection.find({ filter: { [path]: value } });
    return found.map(({ doc }) => workspaceSchema.parse(doc)).find(toBeServed);
  }

  async function find(id: WorkspaceId): Promise<Workspace | undefined> {
    const kept = known.get(id);
    const workspace = kept !== undefined && now() - kept.at < FRESH_FOR_MS ? kept.workspace : await read(id);
    if (workspace === undefined || !toBeServed(workspace)) {
      known.delete(id);
      return undefined;
    }
    if (kept?.workspace !== workspace) known.set(id, { at: now(), workspace });
    return workspace;
  }

  async function update(id: WorkspaceId, change: (workspace: Workspace) => Workspace): Promise<Workspace> {
    const changed = await changeDocument(collection, id, (doc) => ({
      ...change(workspaceSchema.parse(doc)),
    }));
    known.delete(id);
    if (changed === undefined) throw noWorkspace(id);
    return workspaceSchema.parse(changed);
  }

  function checked(wanted: Pick<WorkspaceChange, 'expiresAt' | 'limits'>): void {
    const { expiresAt, limits = {} } = wanted;
    if (typeof expiresAt === 'string' && Date.parse(expiresAt) <= now())
      throw new SandboxError('GSB-REQ-001', { detail: `expiresAt: ${expiresAt} is over already.` });
    for (const name of workspaceLimits) {
      const limit = limits[name];
      if (limit !== undefined && limit > deps.limits[name]) {
        throw new SandboxError('GSB-REQ-001', {
          detail: `limits.${name}: ${limit} is more than the ${deps.limits[name]} of this installation; ${limitVariables[name]} raises that.`,
        });
      }
    }
  }

  async function freshId(): Promise<WorkspaceId> {
    for (;;) {
      const id = workspaceIdSchema.parse(deps.randomText(WORKSPACE_ID_ALPHABET, WORKSPACE_ID_LENGTH));
      if ((await findBy('tag', deps.tagOf(id))) === undefined) return id;
    }
  }

  async function freshCode(): Promise<string> {
    for (;;) {
      const code = deps.randomText(JOIN_CODE_ALPHABET, JOIN_CODE_LENGTH);
      if ((await findBy('joinCode', code)) === undefined) return code;
    }
  }

  return {
    create: async (by, wanted) => {
      checked(wanted);
      const id = await freshId();
      const { country, expiresAt, limits, locale, seed, title } = wanted;
      const workspace = workspaceSchema.parse({
        _id: id,
        title,
        joinCode: await freshCode(),
        createdAt: realClock.now().toISOString(),
        owner: by.subject,
        createdBy: by.username,
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(limits === undefined ? {} : { limits }),
        ...(country === undefined ? {} : { country }),
        ...(locale === undefined ? {} : { locale }),
        ...(seed === undefined ? {} : { seed }),
        tag: deps.tagOf(id),
      });
      await collection.put({ ...workspace });
      return workspace;
    },
    find,
    managed: async (id, by) => {
      const workspace = await find(id);
      if (workspace === undefined || !mayManage(workspace, by)) throw noWorkspace(id);
      return workspace;
    },
    findByTag: (tag) => findBy('tag', tag),
    findByJoinCode: (code) => findBy('joinCode', code),
    list: async (by) => {
      const all = await collection.find();
      return all
        .map(({ doc }) => workspaceSchema.parse(doc))
        .filter((workspace) => toBeServed(workspace) && mayManage(workspace, by));
    },
    all: async () => (await collection.find()).map(({ doc }) => workspaceSchema.parse(doc)),
    change: async (id, change) => {
      checked(change);
      if (id === DEFAULT_WORKSPACE && typeof change.expiresAt === 'string')
        throw new SandboxError('GSB-REQ-003', {
          detail: 'expiresAt: the default workspace does not expire.',
        });
      return update(id, ({ expiresAt, ...rest }) => {
        const until = change.expiresAt === undefined ? expiresAt : (change.expiresAt ?? undefined);
        return {
          ...rest,
          ...(change.title === undefined ? {} : { title: change.title }),
          ...(change.limits === undefined ? {} : { limits: change.limits }),
          ...(until === undefined ? {} : { expiresAt: until }),
        };
      });
    },
    begin: async (id, { country, locale, seed }) => {
      await update(id, (workspace) => ({
        ...workspace,
        ...(country === undefined ? {} : { country }),
        ...(locale === undefined ? {} : { locale }),
        ...(seed === undefined ? {} : { seed }),
      }));
    },
    seeded: async (id) => {
      const seededAt = realClock.now().toISOString();
      await collection.insert({ _id: id });
      let first = false;
      await update(id, (workspace) => {
        first = workspace.seededAt === undefined;
        return first ? { ...workspace, seededAt } : workspace;
      });
      return first;
    },
    setPending: async (id, pending) => {
      await update(id, ({ pending: _before, ...rest }) =>
        pending === undefined ? rest : { ...rest, pending },
      );
    },
    forget: async (id) => {
      await collection.delete(id);
      known.delete(id);
    },
    limitsOf: async (id) => lowered(deps.limits, (await find(id))?.limits ?? {}),
    isOver,
  };
}

/** The same words whether it never was, is over, or belongs to somebody else: nobody learns from guessing. */
export function noWorkspace(id: string): SandboxError {
  return new SandboxError('GSB-REQ-002', {
    detail: `There is no workspace ${id}, or it has expired.`,
  });
}

/** A principal with a claim `workspace` enters that one only, whatever else it may do. */
function mayManage(workspace: Workspace, by: Principal): boolean {
  if (by.workspace !== undefined && by.workspace !== workspace._id) return false;
  if (by.roles.includes('administrator')) return true;
  return workspace._id === DEFAULT_WORKSPACE || workspace.owner === by.subject;
}

function lowered(limits: Limits, own: WorkspaceLimits): Limits {
  const entries = workspaceLimits.flatMap((name) => {
    const limit = own[name];
    return limit === undefined ? [] : [[name, Math.min(limit, limits[name])] as const];
  });
  return { ...limits, ...Object.fromEntries(entries) };
}
