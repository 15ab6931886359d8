import type { Clock } from '../contracts/clock.js';
import type { DocumentStore } from '../contracts/documents.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Principal } from '../contracts/identity.js';
import type { Journal } from '../contracts/journal.js';
import type { Json } from '../contracts/json.js';
import { SandboxError } from '../contracts/problems.js';
import type { RunLocks } from '../contracts/run-lock.js';
import { streams } from '../contracts/streams.js';
import type { SnapshotView, Workspace, WorkspaceReset } from '../contracts/workspace.js';
import type { WorkspaceEvent } from '../contracts/workspace-event.js';
import {
  contentsOf,
  emptyBut,
  emptyWholly,
  fillWith,
  type ContentDeps,
  type Item,
} from '../orchestrator/workspaces/contents.js';
import type { Gate } from '../orchestrator/workspaces/gate.js';
import { carriedOver, isForExport, redacted } from '../orchestrator/workspaces/redact.js';
import type { Snapshots } from '../orchestrator/workspaces/snapshots.js';
import {
  FORMAT,
  packed,
  type FileHeader,
  type OpenedFile,
} from '../orchestrator/workspaces/workspace-file.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import type { Workspaces } from '../orchestrator/workspaces/workspaces.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import type { BuildingBlocks } from './building-blocks.js';
import { resetWorkspace } from './reset-workspace.js';
import type { Seed } from './seed-workspace.js';

/** What is done to a workspace as a whole, while nothing else goes on in it. Other workspaces go on. */
export interface WorkspaceUpkeep {
  /** Empties it and seeds it anew, in another country or language, or with other seeds, where these are named. */
  reset(workspace: WorkspaceId, by: string, as?: WorkspaceReset): Promise<void>;
  /** Seeds one that never was; true when it did. */
  seedOnce(workspace: WorkspaceId): Promise<boolean>;
  remove(workspace: WorkspaceId, by: string): Promise<void>;
  takeSnapshot(workspace: WorkspaceId, name: string, by: string): Promise<SnapshotView>;
  restore(workspace: WorkspaceId, name: string, by: string): Promise<void>;
  /** The file, in pieces. Without payloads unless they are asked for; never with keys to other systems. */
  exportFile(workspace: WorkspaceId, options: { readonly payloads: boolean }): Promise<readonly Buffer[]>;
  /** Makes a new workspace of a file. */
  importFile(file: OpenedFile, by: Principal): Promise<Workspace>;
  /** Works while nothing else goes on in any of these workspaces. GSB-REQ-003 while somebody else does. */
  exclusively<T>(workspaces: readonly WorkspaceId[], work: () => Promise<T>): Promise<T>;
  /** Does again what a crash cut short. */
  finishPending(workspace: Workspace): Promise<void>;
}

export interface UpkeepDeps {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly clocks: MovableClocks;
  readonly realClock: Clock;
  readonly locks: RunLocks;
  readonly gate: Gate;
  readonly workspaces: Workspaces;
  readonly snapshots: Snapshots;
  readonly blocks: Pick<BuildingBlocks, 'rest' | 'jobs' | 'callbacks' | 'faults' | 'bindings' | 'rights'>;
  readonly runtime: Pick<Runtime, 'drain' | 'wakeAll' | 'schedules'>;
  readonly seed: Seed;
  readonly callbackUrl: (workspace: WorkspaceId, run: string) => string;
  /** Ends what listens to the workspace. */
  readonly dismiss: (workspace: WorkspaceId) => void;
  /** After a workspace came back: what was under way is taken up again. */
  readonly takeUp: () => Promise<void>;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** How long what is in hand may take before the workspace counts as busy. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 10;

export function createWorkspaceUpkeep(deps: UpkeepDeps): WorkspaceUpkeep {
  const { documents, journal, clocks, realClock, gate, workspaces, snapshots, blocks, runtime } = deps;
  const content: ContentDeps = { documents, journal, jobs: blocks.jobs };

  /** Lets what is in hand end, keeps everything else waiting, and works. GSB-REQ-003 while somebody else does. */
  async function alone<T>(workspace: WorkspaceId, work: () => Promise<T>): Promise<T> {
    let done: { readonly result: T } | undefined;
    const held = await deps.locks.withLock(`${workspace}/upkeep`, async () => {
      await clocks.refresh(workspace);
      await clocks.hold(workspace);
      gate.close(workspace);
      try {
        await drained(workspace);
        await blocks.rest(workspace);
        done = { result: await work() };
      } finally {
        await clocks.release(workspace);
        gate.open(workspace);
      }
    });
    if (held === 'busy' || done === undefined)
      throw new SandboxError('GSB-REQ-003', {
        detail: 'The workspace is being reset, stored or put back already. Wait until that is done.',
      });
    return done.result;
  }

  function exclusively<T>(all: readonly WorkspaceId[], work: () => Promise<T>): Promise<T> {
    const [first, ...rest] = all;
    return first === undefined ? work() : alone(first, () => exclusively(rest, work));
  }

  async function drained(workspace: WorkspaceId): Promise<void> {
    const until = realClock.now().getTime() + PATIENCE_MS;
    const pause = async (): Promise<void> => {
      if (realClock.now().getTime() > until)
        throw new SandboxError('GSB-REQ-003', {
          detail: `Something in the workspace has been busy for ${PATIENCE_MS / 1000} seconds. Try again later, or cancel the run that does not end.`,
        });
      await deps.pause(LOOK_EVERY_MS);
    };
    await runtime.drain(workspace, pause);
    while (gate.busy(workspace)) await pause();
  }

  /** What was meant for the workspace as it was must not reach it as it will be. */
  async function forgetJobs(workspace: WorkspaceId): Promise<void> {
    gate.renew(workspace);
    await blocks.jobs.discard(workspace);
  }

  async function tell(workspace: WorkspaceId, event: WorkspaceEvent): Promise<void> {
    await journal.append(streams.log(workspace), 'any', [{ event: event as unknown as Json }]);
  }

  function headerOf({ _id, title, locale, country }: Workspace, isRedacted: boolean): FileHeader {
    return {
      format: FORMAT,
      workspace: _id,
      title,
      locale,
      country,
      takenAt: realClock.now().toISOString(),
      redacted: isRedacted,
      clock: clocks.asItIs(_id),
    };
  }

  async function known(workspace: WorkspaceId): Promise<Workspace> {
    const found = await workspaces.find(workspace);
    if (found === undefined) throw new Error(`The workspace ${workspace} is gone`);
    return found;
  }

  async function resetNow(workspace: WorkspaceId, by: string, as: WorkspaceReset = {}): Promise<void> {
    await alone(workspace, async () => {
      await forgetJobs(workspace);
      await resetWorkspace({ documents, journal, clocks, realClock }, workspace, by);
      await workspaces.begin(workspace, as);
      await deps.seed(workspace, (await known(workspace)).seed);
      await runtime.schedules.register(workspace);
    });
  }

  async function restoreNow(workspace: WorkspaceId, name: string, by: string): Promise<void> {
    const { header, items } = await snapshots.open(workspace, name);
    await alone(workspace, async () => {
      await forgetJobs(workspace);
      // They hold copies in memory.
      await blocks.faults.clear(workspace);
      await blocks.bindings.reset(workspace);
      await blocks.rights.restore(workspace);
      await blocks.callbacks.clear(workspace);
      await emptyBut(content, workspace, await idsIn((await snapshots.open(workspace, name)).items));
      await fillWith(content, workspace, items);
      await workspaces.begin(workspace, { country: header.country });
      await clocks.takeBack(workspace, header.clock);
      const time = clocks.of(workspace).now().toISOString();
      const at = realClock.now().toISOString();
      await tell(workspace, { type: 'workspace.restored', by, snapshot: name, time, at });
    });
    await runtime.wakeAll(workspace);
    await deps.takeUp();
  }

  async function removeNow(workspace: WorkspaceId): Promise<void> {
    deps.dismiss(workspace);
    await alone(workspace, async () => {
      await forgetJobs(workspace);
      await blocks.faults.clear(workspace);
      await blocks.bindings.reset(workspace);
      await blocks.rights.restore(workspace);
      await emptyWholly(content, workspace);
    });
    await clocks.forget(workspace);
    await workspaces.forget(workspace);
  }

  return {
    reset: async (workspace, by, as) => {
      await workspaces.setPending(workspace, { kind: 'reset', by, ...(as === undefined ? {} : { as }) });
      await resetNow(workspace, by, as);
      await workspaces.setPending(workspace, undefined);
    },
    seedOnce: async (workspace) => {
      const found = await workspaces.find(workspace);
      if (found?.seededAt !== undefined) return false;
      await deps.seed(workspace, found?.seed);
      const now = realClock.now().toISOString();
      await tell(workspace, { type: 'workspace.reset', time: now, at: now });
      // Last, so that a start that was cut short seeds again.
      return workspaces.seeded(workspace);
    },
    remove: async (workspace, by) => {
      await workspaces.setPending(workspace, { kind: 'remove', by });
      await removeNow(workspace);
    },
    takeSnapshot: async (workspace, name, by) => {
      await snapshots.assertFree(workspace, name);
      const of = await known(workspace);
      return alone(workspace, () =>
        snapshots.store(workspace, name, by, headerOf(of, false), contentsOf(content, workspace)),
      );
    },
    restore: async (workspace, name, by) => {
      // Before anything is begun: it must be there.
      await snapshots.open(workspace, name);
      await workspaces.setPending(workspace, { kind: 'restore', by, snapshot: name });
      await restoreNow(workspace, name, by);
      await workspaces.setPending(workspace, undefined);
    },
    exportFile: async (workspace, { payloads }) => {
      const of = await known(workspace);
      return alone(workspace, async () => {
        const pieces: Buffer[] = [];
        const items = forExport(contentsOf(content, workspace), payloads);
        for await (const piece of packed(headerOf(of, !payloads), items)) pieces.push(piece);
        return pieces;
      });
    },
    importFile: async ({ header, items }, by) => {
      const { title, locale, country, workspace: from } = header;
      const made = await workspaces.create(by, { title, locale, country });
      const to = made._id;
      try {
        await alone(to, async () => {
          // What a redacted file lacks is there as in a new workspace.
          if (header.redacted) await deps.seed(to);
          const callbackUrl = (run: string): string => deps.callbackUrl(to, run);
          const known = new Set(await documents.collections());
          await fillWith(content, to, carried(items, { from, to, callbackUrl }, known));
          await clocks.takeBack(to, header.clock);
        });
        await workspaces.seeded(to);
      } catch (error) {
        await workspaces.setPending(to, { kind: 'remove', by: by.username });
        await removeNow(to);
        throw error;
      }
      await runtime.schedules.register(to);
      // Without their payloads runs cannot go on.
      if (!header.redacted) await runtime.wakeAll(to);
      await deps.takeUp();
      return made;
    },
    exclusively,
    finishPending: async ({ _id, pending }) => {
      switch (pending?.kind) {
        case undefined:
          return;
        case 'remove':
          await removeNow(_id);
          return;
        case 'reset':
          await resetNow(_id, pending.by, pending.as);
          break;
        case 'restore':
          await restoreNow(_id, pending.snapshot, pending.by);
          break;
      }
      await workspaces.setPending(_id, undefined);
    },
  };
}

async function idsIn(items: AsyncIterable<Item>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const ids = new Map<string, Set<string>>();
  for await (const item of items) {
    if (item.k !== 'doc') continue;
    const ofCollection = ids.get(item.c) ?? new Set();
    ids.set(item.c, ofCollection.add(item.d._id));
  }
  return ids;
}

async function* forExport(items: AsyncIterable<Item>, payloads: boolean): AsyncGenerator<Item> {
  for await (const item of items) {
    const shown = !isForExport(item) ? undefined : payloads ? item : redacted(item);
    if (shown !== undefined) yield shown;
  }
}

async function* carried(
  items: AsyncIterable<Item>,
  way: Parameters<typeof carriedOver>[1],
  collections: ReadonlySet<string>,
): AsyncGenerator<Item> {
  for await (const item of items) {
    if (!isForExport(item) || (item.k === 'doc' && !collections.has(item.c))) continue;
    const arrived = carriedOver(item, way);
    if (arrived !== undefined) yield arrived;
  }
}
