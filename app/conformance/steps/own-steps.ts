import { clockSteps } from './clock-steps.js';
import { definitionSteps } from './definition-steps.js';
import { eventSteps } from './event-steps.js';
import { personSteps } from './person-steps.js';
import { runSteps } from './run-steps.js';
import type { StepTable } from './step-table.js';

/** The sentences that the kit's grammar has no words for. `test/conformance/README.md` tells them to those who write. */
export const ownSteps: StepTable = [
  ...definitionSteps,
  ...clockSteps,
  ...eventSteps,
  ...personSteps,
  ...runSteps,
];
