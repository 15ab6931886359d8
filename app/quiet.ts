import type { WorkspaceId } from '../contracts/ids.js';
import type { JobQueue } from '../contracts/queue.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';

export interface Quiet {
  /** True while neither runs nor blocks have anything in hand: of this workspace, or of all. */
  readonly isQuiet: (workspace?: WorkspaceId) => Promise<boolean>;
  /** Resolves when the workspace is quiet, or when it need not be waited for any more. */
  readonly quiet: (stopped: () => boolean, workspace: WorkspaceId) => Promise<void>;
}

const LOOK_EVERY_MS = 20;

export function createQuiet(deps: {
  readonly runtime: Pick<Runtime, 'idle'>;
  readonly blockQueue: JobQueue;
  /** True while work may lie where no queue knows of it. */
  readonly mending: () => boolean;
}): Quiet {
  const { runtime, blockQueue, mending } = deps;

  async function blocksIdle(workspace: WorkspaceId | undefined): Promise<boolean> {
    if ((await blockQueue.depth()) === 0) return true;
    return workspace !== undefined && (await blockQueue.jobs({ workspace })).length === 0;
  }

  async function isQuiet(workspace?: WorkspaceId): Promise<boolean> {
    // Runs twice: what a block had in hand may have woken one.
    const idle =
      (await runtime.idle(workspace)) && (await blocksIdle(workspace)) && (await runtime.idle(workspace));
    return idle && !mending();
  }

  return {
    isQuiet,
    quiet: async (stopped, workspace) => {
      while (!stopped() && !(await isQuiet(workspace)))
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    },
  };
}
