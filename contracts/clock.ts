import type { WorkspaceId } from './ids.js';

/** A source of the current instant. Core code never reads the machine's clock by itself. */
export interface Clock {
  now(): Date;
}

/** Each workspace has a clock of its own: real by default; it can be frozen and moved forward. */
export interface WorkspaceClocks {
  of(workspace: WorkspaceId): Clock;
  /** True while time stands still there: no alarm may ring by real time. Absent: it never does. */
  stands?(workspace: WorkspaceId): boolean;
  /** True while the workspace is being emptied, stored or put back: nothing may go on there. Absent: it never is. */
  held?(workspace: WorkspaceId): boolean;
  /** Reads the clock again, which another process may have moved. Absent: there is no other process. */
  refresh?(workspace: WorkspaceId): Promise<void>;
}
