import type { RunId, WorkspaceId } from './ids.js';

/** The journal's streams by name. All begin with the workspace, so that a reset is a deletion by prefix. */
export const streams = {
  run: (workspace: WorkspaceId, run: RunId): string => `${workspace}/run/${run}`,
  inbox: (workspace: WorkspaceId, run: RunId): string => `${workspace}/inbox/${run}`,
  /** The message log of the information mediator. */
  exchanges: (workspace: WorkspaceId): string => `${workspace}/exchanges`,
  seals: (workspace: WorkspaceId): string => `${workspace}/seals`,
  /** What happens to the workspace as a whole: clock moves, cases opened, tasks claimed, faults. */
  log: (workspace: WorkspaceId): string => `${workspace}/log`,
  /** Who changed what. Begins with no workspace: a reset, a restore and a removal leave it as it is. */
  audit: (scope: string): string => `audit/${scope}`,
} as const;

/** The id of the run that a stream belongs to; undefined for the other streams. */
export function runOfStream(stream: string): string | undefined {
  return /^[^/]+\/run\/(.+)$/.exec(stream)?.[1];
}
