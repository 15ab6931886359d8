import type { WorkspaceClocks } from '../contracts/clock.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';

/** On services another process may move a clock, so each advance looks again; in one process nobody else does. */
export function runtimeClocks(clocks: MovableClocks, shared: boolean): WorkspaceClocks {
  if (shared) return clocks;
  return {
    of: (workspace) => clocks.of(workspace),
    stands: (workspace) => clocks.stands(workspace),
    held: (workspace) => clocks.held(workspace),
  };
}
