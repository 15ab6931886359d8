import type { Schedule } from '../../../contracts/workflow.js';

/** A workflow that starts by itself, and the kind of case that each start opens. */
export interface ScheduledWorkflow {
  readonly useCase: string;
  readonly kind: string;
  readonly workflow: string;
  readonly version: string;
  readonly schedule: Schedule;
}
