import type { WorkspaceId } from '../../contracts/ids.js';

/**
 * Keeps work out of a workspace of this process while it is emptied, stored or put back. Runs need it not: they look at
 * the workspace's clock, which other processes see as well.
 */
export interface Gate {
  /** Begins work as soon as the gate is open; the answer is called when it is done. */
  enter(workspace: WorkspaceId): Promise<() => void>;
  /** The same without waiting; undefined while the gate is closed. */
  tryEnter(workspace: WorkspaceId): (() => void) | undefined;
  /** From now on nobody enters. */
  close(workspace: WorkspaceId): void;
  /** True while somebody is inside. */
  busy(workspace: WorkspaceId): boolean;
  open(workspace: WorkspaceId): void;
  /** How often the workspace was emptied: what was meant for its life before is not for the present one. */
  life(workspace: WorkspaceId): number;
  /** It is emptied now. */
  renew(workspace: WorkspaceId): void;
}

export function createGate(): Gate {
  const inside = new Map<WorkspaceId, number>();
  const lives = new Map<WorkspaceId, number>();
  const closed = new Map<WorkspaceId, { readonly opened: Promise<void>; readonly open: () => void }>();

  function count(workspace: WorkspaceId, by: 1 | -1): void {
    const left = (inside.get(workspace) ?? 0) + by;
    if (left === 0) inside.delete(workspace);
    else inside.set(workspace, left);
  }

  function tryEnter(workspace: WorkspaceId): (() => void) | undefined {
    if (closed.has(workspace)) return undefined;
    count(workspace, 1);
    let left = false;
    return () => {
      if (!left) count(workspace, -1);
      left = true;
    };
  }

  return {
    tryEnter,
    enter: async (workspace) => {
      for (;;) {
        const leave = tryEnter(workspace);
        if (leave !== undefined) return leave;
        await closed.get(workspace)?.opened;
      }
    },
    close: (workspace) => {
      if (closed.has(workspace)) return;
      let open: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      closed.set(workspace, { opened, open });
    },
    busy: (workspace) => inside.has(workspace),
    open: (workspace) => {
      const gate = closed.get(workspace);
      closed.delete(workspace);
      gate?.open();
    },
    life: (workspace) => lives.get(workspace) ?? 0,
    renew: (workspace) => void lives.set(workspace, (lives.get(workspace) ?? 0) + 1),
  };
}
