import type { RunId, WorkspaceId } from '../../../contracts/ids.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import type { Schedule } from '../../../contracts/workflow.js';

/** A workflow that starts by itself, and the kind of case that each start opens. */
export interface ScheduledWorkflow {
  readonly useCase: string;
  readonly kind: string;
  readonly workflow: string;
  readonly version: string;
  readonly schedule: Schedule;
}

/** Opens the case of one start; the same key opens the same case. */
export type Start = (
  workspace: WorkspaceId,
  of: ScheduledWorkflow,
  start: {
    readonly key: string;
    readonly input: Json;
    readonly because: JsonObject;
    /** The case that an event says it came from. */
    readonly openedBy?: string | undefined;
  },
) => Promise<RunId>;
