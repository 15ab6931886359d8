import type { WorkspaceId } from '../../contracts/ids.js';
import type { JsonObject } from '../../contracts/json.js';

/** Something that happens at an instant of the workspace clock. */
export interface Timer {
  readonly _id: string;
  readonly workspace: WorkspaceId;
  /** Instant of the workspace clock. */
  readonly due: string;
  readonly target: TimerTarget;
}

export type TimerTarget =
  | { readonly kind: 'run'; readonly run: string; readonly key: string }
  | {
      readonly kind: 'block';
      readonly block: string;
      readonly job: JsonObject;
      /** Of the request for which the block will do it. */
      readonly correlation?: string;
    }
  /** A workflow that starts by itself: see schedules/. */
  | ScheduleTarget
  /** A human task that nobody did in time. */
  | { readonly kind: 'task'; readonly task: string };

export interface ScheduleTarget {
  readonly kind: 'schedule';
  readonly useCase: string;
  readonly workflow: string;
  /** Of the schedule as it was then; a timer of an earlier one means nothing. */
  readonly mark: string;
  /** The run after whose end it starts again; absent for an instant of its own. */
  readonly after?: string;
}
