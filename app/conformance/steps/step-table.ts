import type { ScenarioWorld } from '../scenario-world.js';

/** A sentence that scenarios may use, and what it does. */
export interface StepDefinition {
  readonly pattern: RegExp;
  /** Throws StepFailed when what the sentence says does not hold. `groups` are what the pattern captured. */
  readonly run: (
    world: ScenarioWorld,
    groups: readonly string[],
    argument: string | undefined,
  ) => Promise<void> | void;
}

export type StepTable = readonly StepDefinition[];

export function step(pattern: RegExp, run: StepDefinition['run']): StepDefinition {
  return { pattern, run };
}
