import { DEFAULT_WORKSPACE, type WorkspaceId } from '../contracts/ids.js';
import type { Journal } from '../contracts/journal.js';
import type { Logger } from '../contracts/logger.js';
import type { Workspace } from '../contracts/workspace.js';
import type { Sealer } from '../mocks/information-mediator/seal.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import { followClocks } from '../orchestrator/workspaces/follow-clocks.js';
import type { Gate } from '../orchestrator/workspaces/gate.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import type { Workspaces } from '../orchestrator/workspaces/workspaces.js';
import type { WorkspaceUpkeep } from './workspace-upkeep.js';

/** What each workspace is given, the default one and all others: at the start, when it is made, and while it lives. */
export interface OpenWorkspaces {
  /** Before the workers: finishes what a crash cut short, seeds what never was. True when the default one was. */
  prepare(): Promise<boolean>;
  /** When the workers are up: schedules, clocks, seals. Resolves to how it is all ended. */
  start(): Promise<() => Promise<void>>;
  /** A new one: seeded, with its schedules. */
  open(workspace: WorkspaceId): Promise<void>;
  /** Removes those that are over. Returns how many. */
  removeExpired(): Promise<number>;
}

export interface OpenWorkspacesDeps {
  readonly workspaces: Workspaces;
  readonly upkeep: WorkspaceUpkeep;
  readonly journal: Journal;
  readonly clocks: MovableClocks;
  readonly gate: Gate;
  readonly sealer: Sealer;
  readonly schedules: Pick<Runtime['schedules'], 'register'>;
  readonly logger: Logger;
}

const SEAL_EVERY_MS = 5_000;
const EXPIRY = 'expiry';

export function createOpenWorkspaces(deps: OpenWorkspacesDeps): OpenWorkspaces {
  const { workspaces, upkeep, clocks, gate, sealer, logger } = deps;

  async function served(): Promise<readonly Workspace[]> {
    return (await workspaces.all()).filter(
      (one) => !workspaces.isOver(one) && one.pending?.kind !== 'remove',
    );
  }

  async function finish(workspace: Workspace): Promise<void> {
    try {
      if (clocks.held(workspace._id)) await clocks.release(workspace._id);
      await upkeep.finishPending(workspace);
    } catch (error) {
      // One workspace that cannot be mended must not keep the others from being served.
      logger.error(
        { workspace: workspace._id, err: error },
        'what was begun with a workspace cannot be finished',
      );
    }
  }

  async function sealAll(): Promise<void> {
    for (const { _id } of await served()) {
      const leave = gate.tryEnter(_id);
      if (leave === undefined) continue;
      try {
        await sealer.seal(_id);
      } finally {
        leave();
      }
    }
  }

  return {
    prepare: async () => {
      const fresh = await upkeep.seedOnce(DEFAULT_WORKSPACE);
      for (const workspace of await workspaces.all())
        if (!workspaces.isOver(workspace)) await finish(workspace);
      for (const { _id } of await served()) await upkeep.seedOnce(_id);
      return fresh;
    },
    start: async () => {
      const following = await followClocks({ journal: deps.journal, clocks, logger });
      for (const { _id } of await served()) await deps.schedules.register(_id);
      const sealing = setInterval(() => {
        sealAll().catch((error: unknown) => logger.error({ error }, 'sealing failed'));
      }, SEAL_EVERY_MS);
      sealing.unref();
      return async () => {
        clearInterval(sealing);
        await following.close();
      };
    },
    open: async (workspace) => {
      await upkeep.seedOnce(workspace);
      await deps.schedules.register(workspace);
    },
    removeExpired: async () => {
      const over = (await workspaces.all()).filter((one) => workspaces.isOver(one));
      for (const { _id } of over) await upkeep.remove(_id, EXPIRY);
      return over.length;
    },
  };
}
