import type { Clock, WorkspaceClocks } from '../contracts/clock.js';
import type { WorkspaceId } from '../contracts/ids.js';

/** Where a workspace's clock stands, as the process that keeps the clocks tells it with each call. */
export interface ToldClock {
  /** How far it is ahead of the machine, in milliseconds. */
  readonly offset: number;
  /** Where it stands still: frozen, or on its way. */
  readonly standsAt?: string;
  /** When this was said, in milliseconds of the teller: what was said earlier and comes later is not heard. */
  readonly said: number;
}

export interface ToldClocks extends WorkspaceClocks {
  tell(workspace: WorkspaceId, told: ToldClock): void;
}

/** Clocks of a process that reads none itself: they are what it was told last; the machine's until then. */
export function createToldClocks(realClock: Clock): ToldClocks {
  const known = new Map<WorkspaceId, ToldClock>();
  return {
    of: (workspace) => ({
      now: () => {
        const told = known.get(workspace);
        if (told === undefined) return realClock.now();
        return told.standsAt === undefined
          ? new Date(realClock.now().getTime() + told.offset)
          : new Date(told.standsAt);
      },
    }),
    stands: (workspace) => known.get(workspace)?.standsAt !== undefined,
    tell: (workspace, told) => {
      if (told.said >= (known.get(workspace)?.said ?? 0)) known.set(workspace, told);
    },
  };
}
