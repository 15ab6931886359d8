import type { WorkspaceId } from '../../../contracts/ids.js';

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
}
