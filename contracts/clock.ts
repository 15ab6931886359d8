import type { WorkspaceId } from './ids.js';

/** A source of the current instant. Core code never reads the machine's clock by itself. */
export interface Clock {
  now(): Date;
}

/** Each workspace has a clock of its own: real by default, and it can be moved forward. */
export interface WorkspaceClocks {
  of(workspace: WorkspaceId): Clock;
}
