import type { WorkspaceId } from '../../contracts/ids.js';
import type { JsonObject } from '../../contracts/json.js';

/** What this block asks of the sandbox's own workflows; `app` hands it in. Absent when the block is served alone. */
export interface WorkflowRuns {
  /** What can be run: one process per kind of case, in its newest version. */
  processes(): readonly OwnProcess[];
  /** Starts a run of the process; the same `key` finds the same run. Raises GSB-REQ-001 for values that its form refuses. */
  start(workspace: WorkspaceId, request: StartRequest): Promise<OwnInstance>;
  /** Newest first, at most 1,000; of one process, or of all. */
  instances(workspace: WorkspaceId, process?: string): Promise<readonly OwnInstance[]>;
  instance(workspace: WorkspaceId, id: number): Promise<OwnInstance | undefined>;
  /** Cancels a run that has not ended; undefined when there is none of that number. */
  stop(workspace: WorkspaceId, id: number): Promise<OwnInstance | undefined>;
}

export interface OwnProcess {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** False for what only other runs begin. */
  readonly isExecutable: boolean;
  /** Further facts, such as the use case: shown under `processBody`. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface StartRequest {
  readonly process: string;
  /** Who asks, as the caller says; empty when it says nothing. */
  readonly startedBy: string;
  readonly values: JsonObject;
  readonly key: string;
}

/** As the official document has it: instances carry a number. */
export interface OwnInstance {
  readonly id: number;
  readonly processRef: string;
  readonly initTime: string;
  readonly lastChangeTime: string;
  readonly state: InstanceState;
}

export type InstanceState = 'running' | 'suspended' | 'stopped' | 'failed' | 'completed';
