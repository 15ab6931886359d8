import type { HumanTask } from '../../../contracts/human-task.js';
import type { TaskId, WorkspaceId } from '../../../contracts/ids.js';
import type { Json } from '../../../contracts/json.js';

/** Steps of a scenario, played by its own personas: for presentations and lessons. */
export interface StagePorts {
  /**
   * Plays the steps `from` (counted from 0) up to but not including `to`; expectations are passed over, what is done
   * already is not done twice. Returns the cases by the names that the scenario gave them.
   * GSB-REQ-002 for an unknown scenario, GSB-REQ-003 naming the step that could not be played.
   */
  play(
    workspace: WorkspaceId,
    request: {
      readonly useCase: string;
      readonly scenario: string;
      readonly from: number;
      readonly to: number;
    },
  ): Promise<Readonly<Record<string, string>>>;
  /**
   * The first persona who may do this task does it. GSB-AUT-002 when it is no persona's: nobody ever acts for a person
   * who is none; GSB-REQ-001 for data that its form refuses.
   */
  act(workspace: WorkspaceId, task: TaskId, data: Json): Promise<HumanTask>;
}
